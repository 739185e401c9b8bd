/** Frames that nobody sent: noise, and real ones that somebody has changed and sent again. */
@NullMarked
package io.myrixen.simulation.garbage;

import org.jspecify.annotations.NullMarked;
