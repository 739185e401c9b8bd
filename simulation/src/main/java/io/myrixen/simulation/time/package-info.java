/**
 * Virtual time: a clock that moves when somebody waits, and a list of what happens at which of its
 * moments. Everything simulated runs from that list, in one thread.
 */
@NullMarked
package io.myrixen.simulation.time;

import org.jspecify.annotations.NullMarked;
