@NullMarked
package io.myrixen.netback;

import org.jspecify.annotations.NullMarked;
