package io.myrixen.driver.bench.result;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a VM's messages through the NIC must reach. */
public final class Bars {

  /**
   * A NIC that judges, copies and is fair to many does more than a bare relay; half as much again
   * is what it may cost.
   */
  static final double RELAY_FACTOR = 1.5;

  private static final int SMALLEST = 8;

  private Bars() {}

  /** Judges each bar that the readings allow to judge. */
  public static List<Verdict> judge(Readings readings) {
    return List.of(relay(readings));
  }

  private static Verdict relay(Readings readings) {
    Point point = new Point(Metric.RTT_P50, SMALLEST);
    Ratio ratio = readings.ratio(Implementation.VM, Implementation.RELAY, point);
    return new Verdict(
        "8-byte round trip of vm at most %s times the bare relay's best".formatted(RELAY_FACTOR),
        ratio != null && ratio.spread().median() <= RELAY_FACTOR,
        detail(ratio));
  }

  private static String detail(@Nullable Ratio ratio) {
    if (ratio == null) {
      return "no pair was measured at one placement";
    }
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
