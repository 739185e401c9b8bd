package io.myrixen.driver.command;

import picocli.CommandLine;

/** Entry of {@code ./myrixen}. */
public final class Main {

  private Main() {}

  /** Runs the command that {@code args} name, and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs the command that {@code args} name; returns its exit code. */
  static int run(String... args) {
    return Commands.addTo(new CommandLine(new RootCommand()), args)
        .setParameterExceptionHandler(ErrorLines::badUsage)
        .setExecutionExceptionHandler(ErrorLines::failed)
        .execute(args);
  }
}
