package io.myrixen.driver.xentest;

import io.myrixen.driver.report.Json;
import io.myrixen.driver.report.Table;
import io.myrixen.driver.xentest.Outcome.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a test on real Xen went.
 *
 * @param outcomes how each step went
 * @param complete whether domain 0 came to the end of its plan
 * @param logs where the logs are
 */
public record XenTestResult(List<Outcome> outcomes, boolean complete, Path logs) {

  /** Whether every step was run and passed. */
  public boolean good() {
    return complete && count(Verdict.PASSED) == outcomes.size();
  }

  private long count(Verdict verdict) {
    return outcomes.stream().filter(outcome -> outcome.verdict() == verdict).count();
  }

  /** A table, why each step failed, and in the last line how many passed. */
  public String text() {
    var table = new Table("step", "verdict", "seconds");
    var reasons = new StringBuilder();
    for (Outcome outcome : outcomes) {
      table.row(outcome.step().label(), word(outcome.verdict()), outcome.seconds());
      if (!outcome.reason().isEmpty()) {
        reasons.append("%s: %s%n".formatted(outcome.step().label(), outcome.reason()));
      }
    }
    return "%s%slogs: %s%n%d passed, %d failed, %d not run%n"
        .formatted(
            table,
            reasons,
            logs,
            count(Verdict.PASSED),
            count(Verdict.FAILED),
            count(Verdict.NOT_RUN));
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The same as one JSON object. */
  public String json() {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      Map<String, Object> step = new LinkedHashMap<>();
      step.put("step", outcome.step().label());
      step.put("title", outcome.step().title());
      step.put("verdict", word(outcome.verdict()));
      step.put("seconds", outcome.seconds());
      step.put("reason", outcome.reason());
      steps.add(step);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("good", good());
    all.put("steps", steps);
    all.put("logs", logs.toString());
    return Json.write(all);
  }
}
