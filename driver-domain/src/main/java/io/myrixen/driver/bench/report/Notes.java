package io.myrixen.driver.bench.report;

import io.myrixen.driver.bench.result.BenchResult;
import java.util.ArrayList;
import java.util.List;

/** What a reader of the figures has to know about the run. */
final class Notes {

  private Notes() {}

  static List<String> of(BenchResult result) {
    var notes = new ArrayList<String>();
    notes.add("relay is the bare relay's best variant at each metric and size.");
    if (result.dropped() > 0) {
      notes.add("Measurements given up, since the processors moved each time: " + result.dropped());
    }
    if (!result.quiet()) {
      notes.add(
          "%s of a processor was busy while everything slept: others work on this machine."
              .formatted(Figures.percent(result.asleepShare())));
    }
    return notes;
  }
}
