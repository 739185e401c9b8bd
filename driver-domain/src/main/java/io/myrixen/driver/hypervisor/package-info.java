/**
 * The hypervisor as a service: one thread with two Unix sockets around the hypervisor's core, for
 * domains that are processes of this host and for the toolstack. It outlives driver domains and
 * VMs, notices when one dies, and trusts nothing that comes in.
 */
@NullMarked
package io.myrixen.driver.hypervisor;

import org.jspecify.annotations.NullMarked;
