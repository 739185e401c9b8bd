/**
 * The test on real Xen: boots a hypervisor with its toolstack, a driver domain and VMs in an
 * emulated machine, has domain 0 take steps there, and judges by what that reports.
 */
@NullMarked
package io.myrixen.driver.xentest;

import org.jspecify.annotations.NullMarked;
