/**
 * What a benchmark found: readings, what follows from them, and whether it is good enough. Values
 * and arithmetic; nothing here measures or prints.
 */
@NullMarked
package io.myrixen.driver.bench.result;

import org.jspecify.annotations.NullMarked;
