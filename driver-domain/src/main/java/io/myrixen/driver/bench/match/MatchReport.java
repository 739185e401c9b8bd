package io.myrixen.driver.bench.match;

import io.myrixen.driver.bench.report.Figures;
import io.myrixen.driver.bench.report.SpreadFields;
import io.myrixen.driver.bench.result.Verdict;
import io.myrixen.driver.report.Json;
import io.myrixen.driver.report.Table;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run as people and machines read it. */
public final class MatchReport {

  private MatchReport() {}

  /** Returns a table for each pattern, how each library grows, notes and verdicts. */
  public static String text(MatchResult result) {
    var text = new StringBuilder();
    for (Pattern pattern : Pattern.values()) {
      var table =
          new Table("library", "N", "median", "min", "max", "runs", "cache line ns", "placement");
      result.rows().stream()
          .filter(row -> row.pattern() == pattern)
          .forEach(row -> add(table, row));
      text.append('\n').append(pattern.title()).append(", ns\n\n").append(table);
    }
    var table = new Table("library", "growth", "low", "high", "pairs", "pattern");
    for (Growth growth : result.growths()) {
      table.row(
          growth.impl(),
          Figures.of(growth.spread().median()),
          Figures.of(growth.spread().low()),
          Figures.of(growth.spread().high()),
          growth.spread().count(),
          growth.pattern().word());
    }
    text.append("\ntime at the greatest N by that at the least, in pairs of one round\n\n")
        .append(table)
        .append('\n');
    result.notes().forEach(note -> text.append(note).append('\n'));
    text.append('\n');
    for (Verdict verdict : result.verdicts()) {
      text.append(verdict.line()).append('\n');
    }
    return text.toString();
  }

  private static void add(Table table, MatchRow row) {
    table.row(
        row.impl(),
        row.depth(),
        Figures.of(row.spread().median()),
        Figures.of(row.spread().min()),
        Figures.of(row.spread().max()),
        row.spread().count(),
        row.calibrationNs(),
        row.placement().label());
  }

  /** Returns one object in one line. */
  public static String json(MatchResult result) {
    var object = new LinkedHashMap<String, Object>();
    object.put("machine", result.machine().json());
    object.put("commit", result.commit());
    object.put("command", result.command());
    object.put("rounds", result.rounds());
    object.put("notes", result.notes());
    object.put("rows", result.rows().stream().map(MatchReport::row).toList());
    object.put("ratios", result.growths().stream().map(MatchReport::growth).toList());
    object.put("verdicts", result.verdicts().stream().map(Verdict::json).toList());
    return Json.write(object);
  }

  private static Map<String, Object> row(MatchRow row) {
    var object = new LinkedHashMap<String, Object>();
    object.put("impl", row.impl());
    object.put("metric", row.pattern().metric());
    object.put("size", MatchContender.MESSAGE_BYTES);
    object.put("depth", row.depth());
    SpreadFields.ofValues(object, row.spread(), row.calibrationNs());
    return object;
  }

  private static Map<String, Object> growth(Growth growth) {
    var object = new LinkedHashMap<String, Object>();
    object.put("impl", growth.impl());
    object.put("metric", growth.pattern().metric());
    SpreadFields.ofRatios(object, growth.spread());
    return object;
  }
}
