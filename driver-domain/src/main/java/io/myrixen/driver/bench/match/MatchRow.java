package io.myrixen.driver.bench.match;

import io.myrixen.driver.bench.result.Placement;
import io.myrixen.driver.bench.result.Spread;

/**
 * What one send-receive took with one library at one depth, the processors at one placement.
 *
 * @param impl label of the library
 * @param depth how many others waited
 * @param spread over the rounds of that placement, in nanoseconds
 * @param calibrationNs median over the same rounds
 */
record MatchRow(
    String impl,
    Pattern pattern,
    int depth,
    Placement placement,
    Spread spread,
    long calibrationNs) {}
