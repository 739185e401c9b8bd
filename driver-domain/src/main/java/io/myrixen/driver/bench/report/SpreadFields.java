package io.myrixen.driver.bench.report;

import io.myrixen.driver.bench.result.Spread;
import java.util.Map;

/** The fields of a row for machines that say what was measured, the same in every benchmark. */
public final class SpreadFields {

  private SpreadFields() {}

  /** Adds those of values. */
  public static void ofValues(Map<String, Object> row, Spread spread, long calibrationNs) {
    row.put("value", Figures.exact(spread.median()));
    row.put("calibrationNs", calibrationNs);
    row.put("runs", spread.count());
    row.put("min", Figures.exact(spread.min()));
    row.put("max", Figures.exact(spread.max()));
  }

  /** Adds those of ratios in pairs. */
  public static void ofRatios(Map<String, Object> row, Spread spread) {
    row.put("value", Figures.exact(spread.median()));
    row.put("low", Figures.exact(spread.low()));
    row.put("high", Figures.exact(spread.high()));
    row.put("confidence", Figures.exact(spread.confidence()));
    row.put("pairs", spread.count());
  }
}
