/** Plays cases one after the other and keeps what came of each. */
@NullMarked
package io.myrixen.conformance.run;

import org.jspecify.annotations.NullMarked;
