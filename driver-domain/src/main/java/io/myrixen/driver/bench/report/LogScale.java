package io.myrixen.driver.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** A logarithmic axis: values above zero to places on the page. */
final class LogScale {

  private static final int[] STEPS = {1, 2, 5};
  private static final double MANY_DECADES = 1e3;

  private final double min;
  private final double max;
  private final double from;
  private final double to;

  /** From {@code min}, at {@code from}, to {@code max}, at {@code to}. */
  LogScale(double min, double max, double from, double to) {
    this.min = min;
    this.max = max;
    this.from = from;
    this.to = to;
  }

  /** Where {@code value} lies; values beyond the ends lie at the ends. */
  double at(double value) {
    double share = Math.log(Math.clamp(value, min, max) / min) / Math.log(max / min);
    return from + share * (to - from);
  }

  /** Round values within the axis: 1, 2 and 5 of each decade, or 1 alone where decades are many. */
  List<Double> ticks() {
    var ticks = new ArrayList<Double>();
    int steps = max / min > MANY_DECADES ? 1 : STEPS.length;
    for (int power = (int) Math.floor(Math.log10(min)); Math.pow(10, power) <= max; power++) {
      for (int i = 0; i < steps; i++) {
        double tick = STEPS[i] * Math.pow(10, power);
        if (tick >= min && tick <= max) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** A tick's value, without zeros behind the point. */
  static String label(double tick) {
    return new BigDecimal(tick).round(new MathContext(1)).stripTrailingZeros().toPlainString();
  }
}
