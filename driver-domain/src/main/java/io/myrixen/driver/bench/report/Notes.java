package io.myrixen.driver.bench.report;

import io.myrixen.driver.bench.result.BenchResult;
import io.myrixen.driver.bench.result.Implementation;
import io.myrixen.driver.bench.result.Metric;
import io.myrixen.driver.bench.result.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a reader of the figures has to know about the run. */
final class Notes {

  private Notes() {}

  static List<String> of(BenchResult result) {
    var notes = new ArrayList<String>();
    notes.add("relay is the bare relay's best variant at each metric and size.");
    String bypass = bypass(result);
    if (!bypass.isEmpty()) {
      notes.add("What bypassing netback saves, as relayed / vm: " + bypass + ".");
    }
    if (result.dropped() > 0) {
      notes.add(
          "Measurements given up, since the processors moved each time: " + result.dropped() + ".");
    }
    if (!result.quiet()) {
      notes.add(
          "%s of a processor was busy while everything slept: others work on this machine."
              .formatted(Figures.percent(result.asleepShare())));
    }
    return notes;
  }

  private static String bypass(BenchResult result) {
    return result.readings().ratios(Implementation.RELAYED, Implementation.VM).stream()
        .filter(ratio -> ratio.point().metric() != Metric.RTT_P99)
        .map(Notes::text)
        .collect(Collectors.joining(", "));
  }

  private static String text(Ratio ratio) {
    return ratio.point().label() + " " + Figures.of(ratio.spread().median());
  }
}
