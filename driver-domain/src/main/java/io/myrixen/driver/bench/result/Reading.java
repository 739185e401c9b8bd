package io.myrixen.driver.bench.result;

/**
 * One value, measured once.
 *
 * @param round in which round of the run, from 0
 * @param value in the unit of the metric
 * @param calibrationNs round trip of a cache line, the mean of right before and right after
 */
public record Reading(
    Implementation implementation, Point point, int round, double value, long calibrationNs) {

  /** Where the processors were. */
  public Placement placement() {
    return Placement.of(calibrationNs);
  }

  /** The same under another name. */
  Reading as(Implementation other) {
    return new Reading(other, point, round, value, calibrationNs);
  }
}
