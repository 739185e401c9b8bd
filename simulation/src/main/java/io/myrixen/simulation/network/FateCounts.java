package io.myrixen.simulation.network;

import java.util.EnumMap;
import java.util.Map;

/** How often each fate has come over a frame. */
public final class FateCounts {

  private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);

  FateCounts() {}

  void add(Fate fate) {
    counts.merge(fate, 1L, Long::sum);
  }

  /** How often {@code fate} has. */
  public long of(Fate fate) {
    return counts.getOrDefault(fate, 0L);
  }
}
