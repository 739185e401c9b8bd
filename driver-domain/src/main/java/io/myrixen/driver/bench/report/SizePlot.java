package io.myrixen.driver.bench.report;

import io.myrixen.driver.bench.result.Implementation;
import io.myrixen.driver.bench.result.Metric;
import io.myrixen.driver.bench.result.Row;
import io.myrixen.driver.bench.result.Spread;
import io.myrixen.driver.report.SizeText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A metric by size of message: a line for each implementation, a bar from least to greatest. */
final class SizePlot {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 360;
  private static final int LEFT = 56;
  private static final int RIGHT = WIDTH - 74;
  private static final int TOP = 26;
  private static final int BOTTOM = HEIGHT - 34;

  /** Room beside the outermost sizes. */
  private static final double MARGIN = 1.6;

  /** Between the bars of implementations at one size, so that none hides another. */
  private static final double BAR_GAP = 7;

  private static final double NAME_HEIGHT = 15;

  private final Metric metric;
  private final List<Row> rows;
  private final List<Implementation> implementations;
  private final LogScale x;
  private final LogScale y;

  /** Plots those of {@code rows} that are of {@code metric}; of at least one size. */
  SizePlot(Metric metric, List<Row> rows) {
    this.metric = metric;
    this.rows = rows;
    implementations = rows.stream().map(Row::implementation).distinct().sorted().toList();
    List<Integer> sizes = sizes();
    x = new LogScale(sizes.getFirst() / MARGIN, sizes.getLast() * MARGIN, LEFT, RIGHT);
    double min = rows.stream().mapToDouble(row -> row.spread().min()).min().orElse(1);
    double max = rows.stream().mapToDouble(row -> row.spread().max()).max().orElse(1);
    y = new LogScale(min / 1.2, max * 1.2, BOTTOM, TOP);
  }

  private List<Integer> sizes() {
    return rows.stream().map(row -> row.point().sizeBytes()).distinct().sorted().toList();
  }

  /** The name of an implementation and where it would stand best. */
  private record Name(Implementation implementation, double y) {}

  @Override
  public String toString() {
    var svg = new Svg(WIDTH, HEIGHT, metric.title() + " by size of message");
    axes(svg);
    var names = new ArrayList<Name>();
    for (int i = 0; i < implementations.size(); i++) {
      double shift = (i - (implementations.size() - 1) / 2.0) * BAR_GAP;
      names.add(series(svg, implementations.get(i), shift));
    }
    names(svg, names);
    return svg.toString();
  }

  private void axes(Svg svg) {
    for (double tick : y.ticks()) {
      svg.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
      svg.text("tick", LEFT - 6, y.at(tick) + 4, "end", LogScale.label(tick));
    }
    for (int size : sizes()) {
      svg.text("tick", x.at(size), BOTTOM + 20, "middle", SizeText.of(size));
    }
    svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
    svg.text("unit", LEFT - 6, TOP - 10, "end", metric.unit());
  }

  private Name series(Svg svg, Implementation implementation, double shift) {
    List<Row> own =
        rows.stream()
            .filter(row -> row.implementation() == implementation)
            .sorted(Comparator.comparing(Row::point))
            .toList();
    String type = implementation.label();
    svg.path(
        "series " + type,
        own.stream()
            .map(row -> Svg.point(placeOf(row) + shift, y.at(row.spread().median())))
            .collect(Collectors.joining(" ")));
    for (Row row : own) {
      Spread spread = row.spread();
      double at = placeOf(row) + shift;
      svg.line("spread " + type, at, y.at(spread.min()), at, y.at(spread.max()));
      svg.dot(
          "dot " + type,
          at,
          y.at(spread.median()),
          "%s, %s: %s %s (%s to %s)"
              .formatted(
                  type,
                  SizeText.of(row.point().sizeBytes()),
                  Figures.of(spread.median()),
                  metric.unit(),
                  Figures.of(spread.min()),
                  Figures.of(spread.max())));
    }
    return new Name(implementation, y.at(own.getLast().spread().median()));
  }

  private double placeOf(Row row) {
    return x.at(row.point().sizeBytes());
  }

  /** Names beside the ends of the lines, moved down where they would cover each other. */
  private static void names(Svg svg, List<Name> names) {
    double free = TOP;
    for (Name name : names.stream().sorted(Comparator.comparingDouble(Name::y)).toList()) {
      double at = Math.max(free, name.y() + 4);
      String type = name.implementation().label();
      svg.text("name " + type, RIGHT + 8, at, "start", type);
      free = at + NAME_HEIGHT;
    }
  }
}
