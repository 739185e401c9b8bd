package io.myrixen.driver.bench.report;

import io.myrixen.driver.bench.result.Ratio;
import io.myrixen.driver.bench.result.Spread;
import io.myrixen.driver.report.SizeText;
import java.util.List;

/** Ratios of one implementation to another: the median as a dot, its interval as a bar. */
final class RatioPlot {

  private static final int WIDTH = 560;
  private static final int LEFT = 218;
  private static final int RIGHT = WIDTH - 20;
  private static final int TOP = 14;
  private static final int ROW = 22;
  private static final int FOOT = 30;

  /** The axis reaches at least this far from 1, so that small differences look small. */
  private static final double LEAST_REACH = 1.3;

  /** Drawn as a band around 1. */
  private static final double NEARLY_EQUAL = 1.05;

  private final List<Ratio> ratios;
  private final int bottom;
  private final LogScale x;

  /** Plots {@code ratios}, at least one. */
  RatioPlot(List<Ratio> ratios) {
    this.ratios = ratios;
    bottom = TOP + ratios.size() * ROW;
    double low = ratios.stream().mapToDouble(ratio -> ratio.spread().low()).min().orElse(1);
    double high = ratios.stream().mapToDouble(ratio -> ratio.spread().high()).max().orElse(1);
    x =
        new LogScale(
            Math.min(low, 1 / LEAST_REACH) / NEARLY_EQUAL,
            Math.max(high, LEAST_REACH) * NEARLY_EQUAL,
            LEFT,
            RIGHT);
  }

  @Override
  public String toString() {
    String what = ratios.getFirst().implementation().label();
    String to = ratios.getFirst().to().label();
    var svg = new Svg(WIDTH, bottom + FOOT, "ratios of " + what + " to " + to);
    svg.rectangle(
        "equal",
        x.at(1 / NEARLY_EQUAL),
        TOP,
        x.at(NEARLY_EQUAL) - x.at(1 / NEARLY_EQUAL),
        bottom - TOP);
    for (double tick : x.ticks()) {
      svg.line(tick == 1 ? "axis" : "grid", x.at(tick), TOP, x.at(tick), bottom);
      svg.text("tick", x.at(tick), bottom + 18, "middle", LogScale.label(tick));
    }
    double at = TOP + ROW / 2.0;
    for (Ratio ratio : ratios) {
      row(svg, ratio, at);
      at += ROW;
    }
    return svg.toString();
  }

  private void row(Svg svg, Ratio ratio, double at) {
    Spread spread = ratio.spread();
    String type = ratio.implementation().label();
    String label = ratio.point().metric().title() + ", " + SizeText.of(ratio.point().sizeBytes());
    svg.text("tick", LEFT - 10, at + 4, "end", label);
    svg.line("spread " + type, x.at(spread.low()), at, x.at(spread.high()), at);
    svg.dot(
        "dot " + type,
        x.at(spread.median()),
        at,
        "%s: %s (%s to %s)"
            .formatted(
                label,
                Figures.of(spread.median()),
                Figures.of(spread.low()),
                Figures.of(spread.high())));
  }
}
