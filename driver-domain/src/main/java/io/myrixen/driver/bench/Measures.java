package io.myrixen.driver.bench;

import io.myrixen.driver.bench.result.Metric;
import io.myrixen.driver.bench.result.Point;
import io.myrixen.driver.guest.Line;
import io.myrixen.driver.guest.Load;
import java.util.Map;

/** What the times of a load mean. */
final class Measures {

  /** A stream of messages up to this long tells the rate of messages, else the bandwidth. */
  private static final int RATE_MAX_BYTES = 8;

  private static final double NS_PER_US = 1e3;

  private Measures() {}

  /** Returns the values that {@code measured} holds, by where they belong. */
  static Map<Point, Double> of(Load load, Line measured) {
    double p50Ns = measured.fraction("p50Ns");
    return switch (load.kind()) {
      case ECHO ->
          Map.of(
              new Point(Metric.RTT_P50, load.bytes()), p50Ns / NS_PER_US,
              new Point(Metric.RTT_P99, load.bytes()), measured.fraction("p99Ns") / NS_PER_US);
      case STREAM ->
          load.bytes() <= RATE_MAX_BYTES
              ? Map.of(new Point(Metric.RATE, load.bytes()), load.window() / p50Ns * NS_PER_US)
              : Map.of(
                  new Point(Metric.BANDWIDTH_FRESH, load.bytes()),
                  (double) load.bytes() * load.window() / p50Ns);
    };
  }
}
