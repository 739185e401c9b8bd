package io.myrixen.simulation.campaign;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What has occurred, by name, and how often. */
public final class Coverage {

  private final Map<String, Long> counts = new TreeMap<>();

  /** Makes one in which nothing has occurred. */
  public Coverage() {}

  /** Notes that {@code name} has occurred {@code count} times more; 0 makes it known. */
  public void add(String name, long count) {
    counts.merge(name, count, Long::sum);
  }

  /** Adds all of {@code other}. */
  public void add(Coverage other) {
    other.counts.forEach(this::add);
  }

  /** How often {@code name} has occurred. */
  public long of(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** Takes each name and its count, by name. */
  public void forEach(BiConsumer<String, Long> action) {
    counts.forEach(action);
  }

  /** Returns it as a map, by name. */
  Map<String, Long> asMap() {
    return Map.copyOf(counts);
  }

  /** Makes one of what {@link #asMap} gave. */
  static Coverage of(Map<String, Long> counts) {
    var coverage = new Coverage();
    counts.forEach(coverage::add);
    return coverage;
  }
}
