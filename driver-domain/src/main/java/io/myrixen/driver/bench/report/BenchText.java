package io.myrixen.driver.bench.report;

import io.myrixen.driver.bench.result.BenchResult;
import io.myrixen.driver.bench.result.Verdict;
import io.myrixen.driver.report.Table;
import java.util.List;

/** A run for people. */
public final class BenchText {

  private BenchText() {}

  /** Returns all tables, notes and verdicts. */
  public static String of(BenchResult result) {
    var text = new StringBuilder();
    Sheet.metrics(result).forEach(sheet -> sheet(text, sheet));
    sheet(text, Sheet.ratios(result));
    text.append('\n');
    Notes.of(result).forEach(note -> text.append(note).append('\n'));
    text.append('\n');
    for (Verdict verdict : result.verdicts()) {
      text.append(verdict.line()).append('\n');
    }
    return text.toString();
  }

  private static void sheet(StringBuilder text, Sheet sheet) {
    text.append('\n').append(sheet.title()).append("\n\n");
    var table = new Table(sheet.heads().toArray(String[]::new));
    for (List<String> row : sheet.rows()) {
      table.row(row.toArray());
    }
    text.append(table);
  }
}
