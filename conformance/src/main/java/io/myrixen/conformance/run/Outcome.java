package io.myrixen.conformance.run;

/** What came of a case on one path. */
public sealed interface Outcome {

  /** The promise was kept. */
  record Passed() implements Outcome {}

  /** The promise was broken, or something else went wrong. */
  record Failed(Throwable cause) implements Outcome {}

  /** The promise cannot be tried on this subject: neither passed nor failed. */
  record NotApplicable(String reason) implements Outcome {}
}
