package io.myrixen.simulation.traffic;

import java.util.EnumMap;
import java.util.Map;

/** How often each of what applications see has happened. */
public final class Occurrences {

  private final Map<Occurrence, Long> counts = new EnumMap<>(Occurrence.class);

  Occurrences() {}

  void add(Occurrence occurrence) {
    counts.merge(occurrence, 1L, Long::sum);
  }

  /** How often {@code occurrence} has. */
  public long of(Occurrence occurrence) {
    return counts.getOrDefault(occurrence, 0L);
  }
}
