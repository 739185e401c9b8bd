package io.myrixen.driver.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** A logarithmic axis: values above zero to places on the page. */
final class LogScale {

  /** Ticks of a decade: few where there are many decades, many where there is hardly one. */
  private static final double[] DECADES = {1};

  private static final double[] COARSE = {1, 2, 5};
  private static final double[] FINE = {1, 1.2, 1.5, 2, 3, 4, 5, 6, 7, 8, 9};

  private static final double MANY_DECADES = 1e3;
  private static final double HARDLY_ONE = 8;

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

  /** Round values within the axis. */
  List<Double> ticks() {
    double reach = max / min;
    double[] steps = reach > MANY_DECADES ? DECADES : reach > HARDLY_ONE ? COARSE : FINE;
    var ticks = new ArrayList<Double>();
    for (int power = (int) Math.floor(Math.log10(min)); Math.pow(10, power) <= max; power++) {
      for (double step : steps) {
        double tick = step * Math.pow(10, power);
        if (tick >= min && tick <= max) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** A tick's value, without zeros behind the point. */
  static String label(double tick) {
    return new BigDecimal(tick).round(new MathContext(2)).stripTrailingZeros().toPlainString();
  }
}
