package io.myrixen.driver.bench.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All readings of a run. Those of the relay's variants appear a second time, as the relay's own,
 * for the variant that did best at the point.
 */
public final class Readings {

  private final Map<Implementation, Map<Point, List<Reading>>> all =
      new EnumMap<>(Implementation.class);
  private final Map<Point, Implementation> bestRelays = new TreeMap<>();

  /** Takes what was measured. */
  public Readings(List<Reading> measured) {
    measured.forEach(this::add);
    for (Point point : points()) {
      Implementation best = findBestRelay(point);
      if (best != null) {
        bestRelays.put(point, best);
        of(best, point).forEach(reading -> add(reading.as(Implementation.RELAY)));
      }
    }
  }

  private void add(Reading reading) {
    all.computeIfAbsent(reading.implementation(), _ -> new TreeMap<>())
        .computeIfAbsent(reading.point(), _ -> new ArrayList<>())
        .add(reading);
  }

  private @Nullable Implementation findBestRelay(Point point) {
    Comparator<Implementation> byMedian =
        Comparator.comparingDouble(variant -> spread(of(variant, point)).median());
    return Implementation.RELAY_VARIANTS.stream()
        .filter(variant -> !of(variant, point).isEmpty())
        .min(point.metric().lowerIsBetter() ? byMedian : byMedian.reversed())
        .orElse(null);
  }

  private List<Reading> of(Implementation implementation, Point point) {
    return all.getOrDefault(implementation, Map.of()).getOrDefault(point, List.of());
  }

  private static Spread spread(List<Reading> readings) {
    return Spread.of(readings.stream().mapToDouble(Reading::value).toArray());
  }

  /** Where something was measured, in order. */
  public List<Point> points() {
    return all.values().stream()
        .flatMap(byPoint -> byPoint.keySet().stream())
        .sorted()
        .distinct()
        .toList();
  }

  /** Implementations that were measured, in the order of the enum. */
  public List<Implementation> implementations() {
    return List.copyOf(all.keySet());
  }

  /** The relay's variant that did best at {@code point}, or null if none was measured. */
  public @Nullable Implementation bestRelay(Point point) {
    return bestRelays.get(point);
  }

  /** A row for each point, implementation and placement. */
  public List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (Point point : points()) {
      for (Implementation implementation : implementations()) {
        for (Placement placement : Placement.values()) {
          List<Reading> readings =
              of(implementation, point).stream()
                  .filter(reading -> reading.placement() == placement)
                  .toList();
          if (!readings.isEmpty()) {
            rows.add(
                new Row(
                    implementation, point, placement, spread(readings), calibrationNs(readings)));
          }
        }
      }
    }
    return rows;
  }

  private static long calibrationNs(List<Reading> readings) {
    return Math.round(
        Spread.of(readings.stream().mapToDouble(Reading::calibrationNs).toArray()).median());
  }

  /** The placement that most readings were taken at. */
  public Placement mainPlacement() {
    List<Placement> placements =
        all.values().stream()
            .flatMap(byPoint -> byPoint.values().stream())
            .flatMap(List::stream)
            .map(Reading::placement)
            .toList();
    long near = placements.stream().filter(placement -> placement == Placement.NEAR).count();
    return 2 * near >= placements.size() ? Placement.NEAR : Placement.FAR;
  }

  /** Each point at which both were measured; see {@link #ratio}. */
  public List<Ratio> ratios(Implementation implementation, Implementation to) {
    return points().stream()
        .flatMap(point -> Stream.ofNullable(ratio(implementation, to, point)))
        .toList();
  }

  /**
   * Compares two implementations at {@code point}, round by round, leaving out rounds in which the
   * processors moved between the two.
   *
   * @return null if no round has such a pair
   */
  public @Nullable Ratio ratio(Implementation implementation, Implementation to, Point point) {
    var ratios = new ArrayList<Double>();
    for (Reading reading : of(implementation, point)) {
      for (Reading other : of(to, point)) {
        if (other.round() == reading.round() && other.placement() == reading.placement()) {
          ratios.add(reading.value() / other.value());
        }
      }
    }
    return ratios.isEmpty()
        ? null
        : new Ratio(
            implementation,
            to,
            point,
            Spread.of(ratios.stream().mapToDouble(Double::doubleValue).toArray()));
  }
}
