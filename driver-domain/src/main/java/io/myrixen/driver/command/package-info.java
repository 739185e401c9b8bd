/**
 * The command line: one class per command of {@code ./myrixen}. Each one reads its options, hands
 * the work to the package that does it, and turns what comes back into lines and an exit code.
 */
@NullMarked
package io.myrixen.driver.command;

import org.jspecify.annotations.NullMarked;
