/**
 * The simulated system as a whole: NICs, VMs with boards on them, and virtual time. What tests and
 * campaigns build on.
 */
@NullMarked
package io.myrixen.simulation;

import org.jspecify.annotations.NullMarked;
