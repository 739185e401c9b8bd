package io.myrixen.driver.bench.report;

import io.myrixen.driver.bench.result.BenchResult;
import io.myrixen.driver.bench.result.Ratio;
import io.myrixen.driver.bench.result.Row;
import io.myrixen.driver.bench.result.Verdict;
import io.myrixen.driver.report.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run for machines: one object, with a flat one for each row. */
public final class BenchJson {

  private BenchJson() {}

  /** Returns the object in one line. */
  public static String of(BenchResult result) {
    var object = new LinkedHashMap<String, Object>();
    object.put("machine", result.machine().json());
    object.put("commit", result.commit());
    object.put("command", result.command());
    object.put("rounds", result.rounds());
    object.put("dropped", result.dropped());
    object.put("asleepShare", Figures.exact(result.asleepShare()));
    object.put("rows", result.readings().rows().stream().map(BenchJson::row).toList());
    object.put("ratios", result.ratios().stream().map(BenchJson::ratio).toList());
    object.put("verdicts", result.verdicts().stream().map(Verdict::json).toList());
    return Json.write(object);
  }

  private static Map<String, Object> row(Row row) {
    var object = new LinkedHashMap<String, Object>();
    object.put("impl", row.implementation().label());
    object.put("metric", row.point().metric().key());
    object.put("size", row.point().sizeBytes());
    SpreadFields.ofValues(object, row.spread(), row.calibrationNs());
    return object;
  }

  private static Map<String, Object> ratio(Ratio ratio) {
    var object = new LinkedHashMap<String, Object>();
    object.put("impl", ratio.implementation().label());
    object.put("to", ratio.to().label());
    object.put("metric", ratio.point().metric().key());
    object.put("size", ratio.point().sizeBytes());
    SpreadFields.ofRatios(object, ratio.spread());
    return object;
  }
}
