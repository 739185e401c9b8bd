/**
 * Applications that send, receive, wait, compute, close and open anew, as chance has it, and tell
 * the oracle what they see.
 */
@NullMarked
package io.myrixen.simulation.traffic;

import org.jspecify.annotations.NullMarked;
