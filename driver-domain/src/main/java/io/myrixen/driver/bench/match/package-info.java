/**
 * {@code bench match}: what one send-receive costs while many others wait, by the library's public
 * API, beside MPI libraries where some are installed.
 */
@NullMarked
package io.myrixen.driver.bench.match;

import org.jspecify.annotations.NullMarked;
