package io.myrixen.simulation.campaign;

import io.myrixen.simulation.traffic.Occurrence;
import io.myrixen.simulation.traffic.Occurrences;

/** Notes what applications have seen. */
final class OccurrenceCounts {

  private OccurrenceCounts() {}

  static void add(Occurrences seen, Coverage coverage) {
    for (Occurrence occurrence : Occurrence.values()) {
      coverage.add("seen " + occurrence, seen.of(occurrence));
    }
  }
}
