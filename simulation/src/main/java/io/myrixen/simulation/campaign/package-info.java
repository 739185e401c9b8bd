/**
 * Runs of seeds: a system and a plan of faults drawn from each seed, traffic through both, judged
 * by the oracle; and what must have occurred in so many of them.
 */
@NullMarked
package io.myrixen.simulation.campaign;

import org.jspecify.annotations.NullMarked;
