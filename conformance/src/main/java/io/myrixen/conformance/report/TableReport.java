package io.myrixen.conformance.report;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.run.Outcome;
import io.myrixen.conformance.run.Report;
import io.myrixen.conformance.run.Result;
import io.myrixen.conformance.subject.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A line for each case with a column for each path, then what failed, then the sums. */
public final class TableReport {

  private TableReport() {}

  /** Returns the text; its last line is {@code N passed, N failed}. */
  public static String of(Report report) {
    var text = new StringBuilder();
    table(report, text);
    failures(report, text);
    notApplicable(report, text);
    return text.append("%d passed, %d failed%n".formatted(report.passed(), report.failed()))
        .toString();
  }

  private static void table(Report report, StringBuilder text) {
    Map<ConformanceCase, Map<Path, String>> lines = new LinkedHashMap<>();
    int names = 4;
    int sections = 7;
    for (Result result : report.results()) {
      ConformanceCase each = result.play().conformanceCase();
      names = Math.max(names, each.name().length());
      sections = Math.max(sections, each.section().length());
      lines
          .computeIfAbsent(each, _ -> new EnumMap<>(Path.class))
          .put(result.play().path(), word(result.outcome()));
    }
    int[] widths = {sections, names, 6, 10, 8, 9};
    line(text, widths, "section", "case", "self", "same board", "same NIC", "other NIC");
    lines.forEach((each, words) ->
        line(
            text,
            widths,
            each.section(),
            each.name(),
            words.getOrDefault(Path.SELF, ""),
            words.getOrDefault(Path.SAME_BOARD, ""),
            words.getOrDefault(Path.SAME_NIC, ""),
            words.getOrDefault(Path.OTHER_NIC, "")));
  }

  private static void line(StringBuilder text, int[] widths, String... columns) {
    var line = new StringBuilder();
    for (int i = 0; i < columns.length; i++) {
      line.append(columns[i]).repeat(' ', widths[i] - columns[i].length() + 2);
    }
    text.append(line.toString().stripTrailing()).append(System.lineSeparator());
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> "pass";
      case Outcome.Failed _ -> "FAIL";
      case Outcome.NotApplicable _ -> "n/a";
    };
  }

  private static void failures(Report report, StringBuilder text) {
    for (Result result : report.results()) {
      if (result.outcome() instanceof Outcome.Failed(Throwable cause)) {
        ConformanceCase each = result.play().conformanceCase();
        text.append("%nFAIL %s (%s)%n".formatted(result.play(), each.section()))
            .append("  promised: %s%n".formatted(each.rule()))
            .append("  %s%n".formatted(Failures.line(cause)));
      }
    }
  }

  private static void notApplicable(Report report, StringBuilder text) {
    Map<String, Integer> reasons = new TreeMap<>();
    for (Result result : report.results()) {
      if (result.outcome() instanceof Outcome.NotApplicable(String reason)) {
        reasons.merge(reason, 1, Integer::sum);
      }
    }
    text.append(System.lineSeparator());
    reasons.forEach((reason, count) -> text.append("%d n/a: %s%n".formatted(count, reason)));
  }
}
