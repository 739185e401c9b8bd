package io.myrixen.driver.bench.match;

import io.myrixen.driver.bench.result.Spread;

/**
 * How many times longer a send-receive takes at the greatest depth than at the least, in pairs of
 * one round and one placement.
 *
 * @param impl label of the library
 */
record Growth(String impl, Pattern pattern, Spread spread) {}
