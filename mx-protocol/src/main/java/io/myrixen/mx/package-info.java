/** The public API: MX 1.2 in Java form. A program needs {@code Mx} and what it hands out. */
@NullMarked
package io.myrixen.mx;

import org.jspecify.annotations.NullMarked;
