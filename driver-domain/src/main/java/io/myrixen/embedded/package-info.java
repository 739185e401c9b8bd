/**
 * A whole system in one JVM: hypervisor, driver domain and VMs as objects, for the tests of
 * programs that use MX. The parts and their threads are those of the services; only the substrate
 * differs.
 */
@NullMarked
package io.myrixen.embedded;

import org.jspecify.annotations.NullMarked;
