package io.myrixen.driver.bench.match;

import io.myrixen.driver.bench.result.Machine;
import io.myrixen.driver.bench.result.Placement;
import io.myrixen.driver.bench.result.Spread;
import io.myrixen.driver.bench.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A whole run.
 *
 * @param machine where
 * @param commit of what was measured, or {@code unknown}
 * @param command that was given
 * @param rounds that were run
 * @param own labels of our library's ways, which the bar is for
 * @param notes which other libraries were measured, and which were not and why
 */
public record MatchResult(
    Machine machine,
    String commit,
    String command,
    int rounds,
    List<String> own,
    List<String> notes,
    List<MatchReading> readings) {

  /** A list that is walked grows a hundredfold and more; this much may go to the caches. */
  static final double GROWTH_FACTOR = 3;

  /** Copies the lists. */
  public MatchResult {
    own = List.copyOf(own);
    notes = List.copyOf(notes);
    readings = List.copyOf(readings);
  }

  /** A row for each library, pattern, depth and placement, in the order of measurement. */
  List<MatchRow> rows() {
    var rows = new ArrayList<MatchRow>();
    for (Pattern pattern : Pattern.values()) {
      for (String impl : implementations()) {
        for (int depth : depths()) {
          for (Placement placement : Placement.values()) {
            List<MatchReading> some =
                of(impl, pattern, depth).stream()
                    .filter(reading -> reading.placement() == placement)
                    .toList();
            if (!some.isEmpty()) {
              rows.add(row(placement, some));
            }
          }
        }
      }
    }
    return rows;
  }

  private static MatchRow row(Placement placement, List<MatchReading> some) {
    MatchReading first = some.getFirst();
    double[] calibrations = some.stream().mapToDouble(MatchReading::calibrationNs).toArray();
    return new MatchRow(
        first.impl(),
        first.pattern(),
        first.depth(),
        placement,
        Spread.of(some.stream().mapToDouble(MatchReading::ns).toArray()),
        Math.round(Spread.of(calibrations).median()));
  }

  private List<String> implementations() {
    return readings.stream().map(MatchReading::impl).distinct().toList();
  }

  private List<Integer> depths() {
    return readings.stream().map(MatchReading::depth).sorted().distinct().toList();
  }

  private List<MatchReading> of(String impl, Pattern pattern, int depth) {
    return readings.stream()
        .filter(reading -> reading.impl().equals(impl))
        .filter(reading -> reading.pattern() == pattern && reading.depth() == depth)
        .toList();
  }

  /** How each library's cost grows with each pattern. */
  List<Growth> growths() {
    var growths = new ArrayList<Growth>();
    for (Pattern pattern : Pattern.values()) {
      for (String impl : implementations()) {
        double[] ratios = ratios(impl, pattern);
        if (ratios.length > 0) {
          growths.add(new Growth(impl, pattern, Spread.of(ratios)));
        }
      }
    }
    return growths;
  }

  private double[] ratios(String impl, Pattern pattern) {
    List<MatchReading> shallow = of(impl, pattern, depths().getFirst());
    return of(impl, pattern, depths().getLast()).stream()
        .flatMapToDouble(deep ->
            shallow.stream()
                .filter(other -> other.round() == deep.round())
                .filter(other -> other.placement() == deep.placement())
                .mapToDouble(other -> deep.ns() / other.ns()))
        .toArray();
  }

  /** Whether our own cost stays flat where all that waits is exact; without a pair it does not. */
  List<Verdict> verdicts() {
    List<Growth> growths = growths();
    var verdicts = new ArrayList<Verdict>();
    for (String impl : own) {
      for (Pattern pattern : Pattern.values()) {
        if (pattern.exact()) {
          verdicts.add(
              growths.stream()
                  .filter(growth -> growth.impl().equals(impl) && growth.pattern() == pattern)
                  .map(growth -> verdict(impl, pattern, growth.spread()))
                  .findFirst()
                  .orElseGet(
                      () -> new Verdict(bar(impl, pattern), false, "no pair of one placement")));
        }
      }
    }
    return verdicts;
  }

  private static Verdict verdict(String impl, Pattern pattern, Spread ratios) {
    return new Verdict(
        bar(impl, pattern),
        ratios.median() <= GROWTH_FACTOR,
        String.format(
            Locale.ROOT,
            "%.2f times (%.2f to %.2f with %.0f %% confidence, %d pairs)",
            ratios.median(),
            ratios.low(),
            ratios.high(),
            100 * ratios.confidence(),
            ratios.count()));
  }

  private static String bar(String impl, Pattern pattern) {
    return "%s, %s: at most %.0f times".formatted(impl, pattern.title(), GROWTH_FACTOR);
  }

  /** Whether all bars hold. */
  public boolean holds() {
    return verdicts().stream().allMatch(Verdict::holds);
  }
}
