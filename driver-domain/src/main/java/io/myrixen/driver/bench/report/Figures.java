package io.myrixen.driver.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers with as many digits as their measurement deserves. */
public final class Figures {

  /** One part in ten thousand. */
  private static final MathContext FOR_MACHINES = new MathContext(4);

  private Figures() {}

  /** Four significant digits. */
  static double exact(double value) {
    return new BigDecimal(value).round(FOR_MACHINES).doubleValue();
  }

  /** Three significant digits: rounds differ by more; and none cut off in front of the point. */
  public static String of(double value) {
    double size = Math.abs(value);
    int decimals = 0;
    for (double limit = 100; size < limit && decimals < 4; limit /= 10) {
      decimals++;
    }
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A share of one, in whole per cent. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
