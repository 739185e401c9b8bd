/**
 * Tests of the whole system with real processes, through the commands that users run. Each one ends
 * by looking for what may have been left behind.
 */
@NullMarked
package io.myrixen.system;

import org.jspecify.annotations.NullMarked;
