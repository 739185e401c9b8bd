package io.myrixen.driver.command;

import io.myrixen.xen.XenException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what ended a command into one line on standard error and an exit code. */
final class ErrorLines {

  private ErrorLines() {}

  static int badUsage(ParameterException e, String[] args) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    print(e.getCommandLine(), e.getMessage() + " (see " + command + " --help)");
    return ExitCode.BAD_USAGE;
  }

  static int failed(Exception e, CommandLine commandLine, ParseResult result) {
    if (e instanceof CommandFailure failure) {
      print(commandLine, failure.getMessage());
      return failure.exitCode();
    }
    if (e instanceof XenException refusal) {
      print(commandLine, refusal.getMessage());
      return codeOf(refusal);
    }
    // Nobody foresaw this one: whoever reads it needs to know where it came from.
    e.printStackTrace(commandLine.getErr());
    print(commandLine, "failed: " + e);
    return ExitCode.FOUND_WRONG;
  }

  private static int codeOf(XenException refusal) {
    return switch (refusal.reason()) {
      case NO_HYPERVISOR, NO_DOMAIN, NOT_PERMITTED, NO_SPACE, SYSTEM -> ExitCode.MISSING;
      case BAD_REQUEST -> ExitCode.BAD_USAGE;
      case BAD_REFERENCE, BAD_PORT -> ExitCode.FOUND_WRONG;
    };
  }

  private static void print(CommandLine commandLine, @Nullable String line) {
    String command = commandLine.getCommandSpec().qualifiedName();
    commandLine.getErr().println(command + ": " + String.valueOf(line).replace('\n', ' '));
  }
}
