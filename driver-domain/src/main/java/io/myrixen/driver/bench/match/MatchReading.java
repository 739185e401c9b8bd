package io.myrixen.driver.bench.match;

import io.myrixen.driver.bench.result.Placement;

/**
 * One value, measured once.
 *
 * @param impl label of the library
 * @param depth how many others waited
 * @param round in which round of the run, from 0
 * @param ns what one send-receive took, in nanoseconds
 * @param calibrationNs round trip of a cache line, right before
 */
record MatchReading(
    String impl, Pattern pattern, int depth, int round, double ns, long calibrationNs) {

  /** Where the processors were. */
  Placement placement() {
    return Placement.of(calibrationNs);
  }
}
