package io.myrixen.driver.bench.report;

import io.myrixen.driver.bench.result.BenchResult;
import io.myrixen.driver.bench.result.Implementation;
import io.myrixen.driver.bench.result.Metric;
import io.myrixen.driver.bench.result.Ratio;
import io.myrixen.driver.bench.result.Row;
import io.myrixen.driver.bench.result.Spread;
import io.myrixen.driver.report.SizeText;
import java.util.ArrayList;
import java.util.List;

/**
 * A table as people read it, on a terminal or a page.
 *
 * @param heads of the columns
 * @param rows of as many cells
 */
record Sheet(String title, List<String> heads, List<List<String>> rows) {

  /** One for each metric that was measured, with the relay's variants but not their best again. */
  static List<Sheet> metrics(BenchResult result) {
    var sheets = new ArrayList<Sheet>();
    for (Metric metric : Metric.values()) {
      List<List<String>> rows =
          result.readings().rows().stream()
              .filter(row -> row.point().metric() == metric)
              .filter(row -> row.implementation() != Implementation.RELAY)
              .map(Sheet::cells)
              .toList();
      if (!rows.isEmpty()) {
        sheets.add(
            new Sheet(
                metric.title() + ", " + metric.unit(),
                List.of(
                    "implementation",
                    "size",
                    "median",
                    "min",
                    "max",
                    "runs",
                    "cache line ns",
                    "placement"),
                rows));
      }
    }
    return sheets;
  }

  private static List<String> cells(Row row) {
    Spread spread = row.spread();
    return List.of(
        row.implementation().label(),
        SizeText.of(row.point().sizeBytes()),
        Figures.of(spread.median()),
        Figures.of(spread.min()),
        Figures.of(spread.max()),
        Integer.toString(spread.count()),
        Long.toString(row.calibrationNs()),
        row.placement().label());
  }

  /** Who against whom. */
  static Sheet ratios(BenchResult result) {
    return new Sheet(
        "ratios in pairs of one round and one placement: median, and its interval",
        List.of("ratio", "metric", "size", "median", "low", "high", "confidence", "pairs"),
        result.ratios().stream().map(Sheet::cells).toList());
  }

  private static List<String> cells(Ratio ratio) {
    Spread spread = ratio.spread();
    return List.of(
        ratio.label(),
        ratio.point().metric().key(),
        SizeText.of(ratio.point().sizeBytes()),
        Figures.of(spread.median()),
        Figures.of(spread.low()),
        Figures.of(spread.high()),
        Figures.percent(spread.confidence()),
        Integer.toString(spread.count()));
  }
}
