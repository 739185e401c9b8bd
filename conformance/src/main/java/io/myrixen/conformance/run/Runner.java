package io.myrixen.conformance.run;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Patience;
import io.myrixen.conformance.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Plays cases on a subject. */
public final class Runner {

  private final Subject subject;
  private final Patience patience;

  /** Makes one that waits as {@code patience} says. */
  public Runner(Subject subject, Patience patience) {
    this.subject = subject;
    this.patience = patience;
  }

  /**
   * Plays every case on every path, and goes on after failures.
   *
   * @param listener is told each result as it comes
   */
  public Report run(List<ConformanceCase> cases, Consumer<Result> listener) {
    var results = new ArrayList<Result>();
    for (Play play : Play.all(cases, subject)) {
      long beganNs = System.nanoTime();
      Outcome outcome = play.outcome(subject, patience);
      var result = new Result(play, outcome, System.nanoTime() - beganNs);
      results.add(result);
      listener.accept(result);
    }
    return new Report(subject.name(), results);
  }
}
