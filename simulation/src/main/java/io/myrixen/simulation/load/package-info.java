/**
 * Streams of large messages through a simulated network, and how much of them arrives in virtual
 * time.
 */
@NullMarked
package io.myrixen.simulation.load;

import org.jspecify.annotations.NullMarked;
