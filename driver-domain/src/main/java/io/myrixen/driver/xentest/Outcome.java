package io.myrixen.driver.xentest;

/**
 * How a step went.
 *
 * @param step the step
 * @param verdict how it ended
 * @param seconds how long it took, by domain 0's clock
 * @param reason why it failed, or an empty text
 */
public record Outcome(Step step, Verdict verdict, int seconds, String reason) {

  /** How a step can end. */
  public enum Verdict {
    PASSED,
    FAILED,
    NOT_RUN
  }
}
