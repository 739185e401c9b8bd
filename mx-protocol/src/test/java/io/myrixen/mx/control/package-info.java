@NullMarked
package io.myrixen.mx.control;

import org.jspecify.annotations.NullMarked;
