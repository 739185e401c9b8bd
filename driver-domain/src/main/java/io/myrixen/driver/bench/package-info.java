/**
 * Benchmarks: implementations that do the same, measured in turns within one run, with the distance
 * between the processors taken beside each measurement.
 */
@NullMarked
package io.myrixen.driver.bench;

import org.jspecify.annotations.NullMarked;
