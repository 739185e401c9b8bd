package io.myrixen.conformance.report;

import io.myrixen.conformance.kit.CaseFailure;

/** Failures in words. */
final class Failures {

  private Failures() {}

  /**
   * One line: what was wrong, and for what is not the kit's own finding, of which type and where.
   */
  static String line(Throwable cause) {
    if (cause instanceof CaseFailure) {
      return String.valueOf(cause.getMessage());
    }
    StackTraceElement[] trace = cause.getStackTrace();
    return trace.length == 0 ? cause.toString() : "%s, at %s".formatted(cause, trace[0]);
  }
}
