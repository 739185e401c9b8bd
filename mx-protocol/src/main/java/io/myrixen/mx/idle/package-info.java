/**
 * How a thread passes the time between two looks at memory that another one writes. It knows
 * neither what is looked at nor who writes.
 */
@NullMarked
package io.myrixen.mx.idle;

import org.jspecify.annotations.NullMarked;
