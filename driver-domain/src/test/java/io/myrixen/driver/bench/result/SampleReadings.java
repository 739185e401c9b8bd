package io.myrixen.driver.bench.result;

import java.util.ArrayList;
import java.util.List;

/** Readings as a run would take them, one after the other. */
public final class SampleReadings {

  /** Round trips of a cache line, as they are where processors share a cache or do not. */
  public static final long NEAR_NS = 110;

  public static final long FAR_NS = 520;

  private final List<Reading> readings = new ArrayList<>();

  /** Adds one value for each round. */
  public SampleReadings with(Implementation implementation, Point point, double... values) {
    for (int round = 0; round < values.length; round++) {
      readings.add(new Reading(implementation, point, round, values[round], NEAR_NS));
    }
    return this;
  }

  /** Adds one reading. */
  public SampleReadings with(Reading reading) {
    readings.add(reading);
    return this;
  }

  /** What was added. */
  public Readings readings() {
    return new Readings(readings);
  }
}
