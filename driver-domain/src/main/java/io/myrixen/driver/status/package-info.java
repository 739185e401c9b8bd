/**
 * How a running system fares: which processes run, what they hold, and what passes between the VMs.
 * Read from the store, the hypervisor and the driver domain's counters, without asking a VM.
 */
@NullMarked
package io.myrixen.driver.status;

import org.jspecify.annotations.NullMarked;
