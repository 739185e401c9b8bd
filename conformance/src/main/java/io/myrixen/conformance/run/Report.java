package io.myrixen.conformance.run;

import java.util.List;

/**
 * What came of all plays.
 *
 * @param subject name of what was tested
 * @param results in the order they were played
 */
public record Report(String subject, List<Result> results) {

  /** Copies the list. */
  public Report {
    results = List.copyOf(results);
  }

  /** How many promises were kept. */
  public long passed() {
    return count(Outcome.Passed.class);
  }

  /** How many were broken. */
  public long failed() {
    return count(Outcome.Failed.class);
  }

  /** How many could not be tried. */
  public long notApplicable() {
    return count(Outcome.NotApplicable.class);
  }

  private long count(Class<? extends Outcome> kind) {
    return results.stream().filter(result -> kind.isInstance(result.outcome())).count();
  }
}
