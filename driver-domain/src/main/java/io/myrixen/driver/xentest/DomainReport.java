package io.myrixen.driver.xentest;

import io.myrixen.driver.xentest.Outcome.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What domain 0 says on its serial line, one line for each thing: {@code @ up}, {@code @ begin
 * STEP}, {@code @ pass STEP SECONDS}, {@code @ fail STEP SECONDS REASON}, {@code @ end}. Any other
 * line is noise. Fed by one thread, read by another.
 */
final class DomainReport {

  private static final String MARK = "@ ";
  private static final int STEP_WORD = 1;
  private static final int SECONDS_WORD = 2;
  private static final int REASON_WORD = 3;

  private final List<Step> plan;
  private final Consumer<String> progress;
  private final Map<Step, Outcome> outcomes = new EnumMap<>(Step.class);
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable Step running;
  private boolean up;
  private boolean complete;

  /**
   * Expects the steps of {@code plan}.
   *
   * @param progress is told, in a line each, what goes on
   */
  DomainReport(List<Step> plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** Takes a line. */
  synchronized void line(String line) {
    if (!line.startsWith(MARK)) {
      return;
    }
    String[] words = line.substring(MARK.length()).split(" ", REASON_WORD + 1);
    switch (words[0]) {
      case "up" -> {
        up = true;
        progress.accept("domain 0 is up");
      }
      case "begin" -> running = step(words);
      case "pass" -> outcome(words, Verdict.PASSED);
      case "fail" -> outcome(words, Verdict.FAILED);
      case "end" -> {
        complete = true;
        ended.countDown();
      }
      default -> progress.accept(line);
    }
  }

  private @Nullable Step step(String[] words) {
    String name = words.length > STEP_WORD ? words[STEP_WORD] : "";
    for (Step step : plan) {
      if (step.label().equals(name)) {
        return step;
      }
    }
    return null;
  }

  private void outcome(String[] words, Verdict verdict) {
    Step step = step(words);
    if (step == null || step != running) {
      progress.accept("domain 0 says " + String.join(" ", words));
      return;
    }
    running = null;
    String reason = words.length > REASON_WORD ? words[REASON_WORD] : "";
    var outcome = new Outcome(step, verdict, seconds(words), reason);
    outcomes.put(step, outcome);
    progress.accept(
        verdict == Verdict.PASSED
            ? "passed: " + step.title()
            : "FAILED: %s: %s".formatted(step.title(), reason));
  }

  private static int seconds(String[] words) {
    String word = words.length > SECONDS_WORD ? words[SECONDS_WORD] : "";
    return word.matches("\\d{1,6}") ? Integer.parseInt(word) : 0;
  }

  /** The machine has stopped, or will not be listened to any longer. */
  void stop() {
    ended.countDown();
  }

  /** Waits for the last line. Returns false if it has not come within {@code limit}. */
  boolean await(Duration limit) throws InterruptedException {
    return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How each step of the plan went so far; one that was begun and not ended has failed. */
  synchronized List<Outcome> outcomes() {
    List<Outcome> all = new ArrayList<>();
    for (Step step : plan) {
      Outcome outcome = outcomes.get(step);
      if (outcome != null) {
        all.add(outcome);
      } else if (step == running) {
        all.add(new Outcome(step, Verdict.FAILED, 0, "the machine stopped or time ran out in it"));
      } else {
        String reason = up ? "" : "domain 0 did not come up";
        all.add(new Outcome(step, Verdict.NOT_RUN, 0, reason));
      }
    }
    return all;
  }

  /** Whether domain 0 came to the end of its plan. */
  synchronized boolean complete() {
    return complete;
  }
}
