package io.myrixen.driver.command;

/** What a command's exit code says; scripts rely on the numbers. */
final class ExitCode {

  /** All done. */
  static final int DONE = 0;

  /** It ran, and found something wrong. */
  static final int FOUND_WRONG = 1;

  /** Bad usage or configuration. */
  static final int BAD_USAGE = 2;

  /** Something needed is missing here; the message names it. */
  static final int MISSING = 3;

  private ExitCode() {}
}
