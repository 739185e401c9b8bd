package io.myrixen.conformance.run;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Patience;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.conformance.subject.Path;
import io.myrixen.conformance.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One case on one path.
 *
 * @param conformanceCase what is tried
 * @param path over which path
 */
public record Play(ConformanceCase conformanceCase, Path path) {

  /** Every case on every path that both it and {@code subject} have, in order. */
  public static List<Play> all(List<ConformanceCase> cases, Subject subject) {
    var plays = new ArrayList<Play>();
    for (ConformanceCase each : cases) {
      for (Path path : Path.values()) {
        if (each.paths().contains(path) && subject.far(path) != null) {
          plays.add(new Play(each, path));
        }
      }
    }
    return plays;
  }

  /** Why this cannot be tried on {@code subject}, or null if it can. */
  public @Nullable String hindrance(Subject subject) {
    return conformanceCase.threads() && !subject.threaded()
        ? "takes several threads, and %s has one".formatted(subject.name())
        : null;
  }

  /**
   * Plays it, whatever {@link #hindrance} says.
   *
   * @throws Exception or {@link AssertionError} if the promise was broken
   */
  public void play(Subject subject, Patience patience) throws Exception {
    try (Scene scene = new Scene(subject, path, patience)) {
      conformanceCase.body().play(scene);
    }
  }

  /** Plays it if it can be, and tells what came of it. */
  public Outcome outcome(Subject subject, Patience patience) {
    String hindrance = hindrance(subject);
    if (hindrance != null) {
      return new Outcome.NotApplicable(hindrance);
    }
    try {
      play(subject, patience);
      return new Outcome.Passed();
    } catch (Exception | AssertionError broken) {
      return new Outcome.Failed(broken);
    }
  }

  @Override
  public String toString() {
    return "%s [%s]".formatted(conformanceCase, path);
  }
}
