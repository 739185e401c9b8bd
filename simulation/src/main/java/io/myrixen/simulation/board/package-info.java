/**
 * NICs and the boards on them, without hypervisor and driver domain: a driver that lets the MX
 * library work straight on a simulated NIC, and whose waits let virtual time pass.
 */
@NullMarked
package io.myrixen.simulation.board;

import org.jspecify.annotations.NullMarked;
