package io.myrixen.simulation.network;

import java.util.HashMap;
import java.util.Map;

/** Which ports of a switch cannot reach which others, each way on its own. */
public final class Partitions {

  private record Way(int from, int to) {}

  /** How many partitions are in the way: they may overlap in time. */
  private final Map<Way, Integer> apart = new HashMap<>();

  /** Lets nothing from port {@code from} reach port {@code to}, until as many {@link #join}. */
  public void part(int from, int to) {
    apart.merge(new Way(from, to), 1, Integer::sum);
  }

  /** Takes one {@link #part} back. */
  public void join(int from, int to) {
    apart.computeIfPresent(new Way(from, to), (_, count) -> count == 1 ? null : count - 1);
  }

  boolean apart(int from, int to) {
    return !apart.isEmpty() && apart.containsKey(new Way(from, to));
  }
}
