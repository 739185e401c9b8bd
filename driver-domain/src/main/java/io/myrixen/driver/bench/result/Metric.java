package io.myrixen.driver.bench.result;

/** What is measured, under the name that machines know it by. */
public enum Metric {
  /** Median of the full round trip of an echo. */
  RTT_P50("rtt_p50_us", "round trip, median", "us", true),
  /** 99th percentile of the same. */
  RTT_P99("rtt_p99_us", "round trip, 99th percentile", "us", true),
  /** Payload of a stream, each message rewritten before it is sent; 10^9 bytes a second. */
  BANDWIDTH_FRESH("bandwidth_fresh_gbytes_s", "bandwidth, fresh buffers", "GB/s", false),
  /** Messages of a stream, 10^6 a second. */
  RATE("rate_mmsg_s", "message rate", "M/s", false);

  private final String key;
  private final String title;
  private final String unit;
  private final boolean lowerIsBetter;

  Metric(String key, String title, String unit, boolean lowerIsBetter) {
    this.key = key;
    this.title = title;
    this.unit = unit;
    this.lowerIsBetter = lowerIsBetter;
  }

  /** For machines. */
  public String key() {
    return key;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** For people. */
  public String unit() {
    return unit;
  }

  /** Whether it is a time. */
  public boolean lowerIsBetter() {
    return lowerIsBetter;
  }
}
