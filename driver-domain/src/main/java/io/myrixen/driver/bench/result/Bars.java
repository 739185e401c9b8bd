package io.myrixen.driver.bench.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a VM's messages through the NIC must reach. */
public final class Bars {

  /** Mapping a window through the split driver is done once; per message it may cost nothing. */
  static final double NATIVE_FACTOR = 1.05;

  /**
   * A NIC that judges, copies and is fair to many does more than a bare relay; half as much again
   * is what it may cost.
   */
  static final double RELAY_FACTOR = 1.5;

  private static final Point SMALLEST = new Point(Metric.RTT_P50, 8);

  private Bars() {}

  /** Judges each bar. What could not be compared does not hold. */
  public static List<Verdict> judge(Readings readings) {
    return List.of(judgeNative(readings), judgeRelay(readings));
  }

  private static Verdict judgeNative(Readings readings) {
    List<Ratio> ratios = readings.ratios(Implementation.VM, Implementation.NATIVE);
    var details = new ArrayList<String>();
    for (Ratio ratio : ratios) {
      if (ratio.timesWorseAtBest() > NATIVE_FACTOR) {
        details.add(ratio.point().label() + ": " + text(ratio));
      }
    }
    int missing = readings.points().size() - ratios.size();
    if (missing > 0) {
      details.add("without a pair of one placement: " + missing);
    }
    boolean holds = details.isEmpty() && !ratios.isEmpty();
    if (holds) {
      Ratio worst =
          ratios.stream().max(Comparator.comparingDouble(Ratio::timesWorse)).orElseThrow();
      details.add(
          "at all %d metrics and sizes; at worst, %s: %s"
              .formatted(ratios.size(), worst.point().label(), text(worst)));
    }
    return new Verdict(
        "vm within 5 % of native, by the median ratio or its interval",
        holds, String.join("; ", details));
  }

  private static Verdict judgeRelay(Readings readings) {
    Ratio ratio = readings.ratio(Implementation.VM, Implementation.RELAY, SMALLEST);
    return new Verdict(
        "8-byte round trip of vm at most %s times the bare relay's best".formatted(RELAY_FACTOR),
        ratio != null && ratio.timesWorse() <= RELAY_FACTOR,
        ratio == null ? "without a pair of one placement" : text(ratio));
  }

  private static String text(Ratio ratio) {
    Spread spread = ratio.spread();
    return String.format(
        Locale.ROOT,
        "%.2f times (%.2f to %.2f with %.0f %% confidence, %d pairs)",
        spread.median(),
        spread.low(),
        spread.high(),
        100 * spread.confidence(),
        spread.count());
  }
}
