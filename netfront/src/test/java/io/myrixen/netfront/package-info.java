@NullMarked
package io.myrixen.netfront;

import org.jspecify.annotations.NullMarked;
