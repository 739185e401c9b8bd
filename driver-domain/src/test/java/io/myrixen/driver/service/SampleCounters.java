package io.myrixen.driver.service;

import java.util.Map;

/** Counters for tests of what is made of them. */
public final class SampleCounters {

  private SampleCounters() {}

  /** Returns counters as a file with these lines holds them. */
  public static DriverCounters of(Map<String, Long> values) {
    return new DriverCounters(values);
  }
}
