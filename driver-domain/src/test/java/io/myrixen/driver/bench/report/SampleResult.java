package io.myrixen.driver.bench.report;

import io.myrixen.driver.bench.result.BenchResult;
import io.myrixen.driver.bench.result.Implementation;
import io.myrixen.driver.bench.result.Machine;
import io.myrixen.driver.bench.result.Metric;
import io.myrixen.driver.bench.result.Point;
import io.myrixen.driver.bench.result.SampleReadings;

/** A small run with names that must not be taken for markup. */
final class SampleResult {

  private SampleResult() {}

  static BenchResult of() {
    var sample = new SampleReadings();
    for (int size : new int[] {8, 1 << 20}) {
      Point rtt = new Point(Metric.RTT_P50, size);
      sample
          .with(Implementation.RELAY_1, rtt, 3.0 * size, 3.2 * size, 3.1 * size)
          .with(Implementation.RELAY_10, rtt, 2.9 * size, 2.8 * size, 2.7 * size)
          .with(Implementation.NATIVE, rtt, 3.6 * size, 3.5 * size, 3.4 * size)
          .with(Implementation.VM, rtt, 3.6 * size, 3.51236 * size, 3.4 * size)
          .with(Implementation.RELAYED, rtt, 36 * size, 35 * size, 34 * size);
    }
    return new BenchResult(
        new Machine(2, "A <fast> & \"good\" one", "Linux 6", "25"),
        "0123abc",
        "./myrixen bench nic --json a&b.json",
        3,
        1,
        0.25,
        sample.readings());
  }
}
