package io.myrixen.driver.command;

import io.myrixen.driver.bench.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What benchmarks have in common: how often, how long, and where the figures go. */
final class BenchOptions {

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds, in each of which everything is measured once (default: 9; quick: 3).")
  private @Nullable Integer rounds;

  @Option(names = "--quick", description = "Only see that it works; the figures mean little.")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as one object.")
  private @Nullable Path json;

  /** The plan that the options ask for. Where the figures go is made sure of first. */
  Plan plan(Plan full, Plan quickly) {
    writable(json);
    Plan plan = quick ? quickly : full;
    try {
      return rounds == null ? plan : plan.withRounds(rounds);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Makes the file now: who waits for minutes wants to know before. */
  static void writable(@Nullable Path file) {
    if (file != null) {
      try {
        Files.writeString(file, "");
      } catch (IOException e) {
        throw new CommandFailure(ExitCode.BAD_USAGE, "cannot write " + file + ": " + e, e);
      }
    }
  }

  /** Prints the figures for people, and writes them for machines if asked to. */
  void print(String text, String object) throws IOException {
    System.out.print(text);
    System.out.flush();
    if (json != null) {
      Files.writeString(json, object + "\n");
    }
  }

  /** The command as it was given, for the record. */
  static String commandLine(CommandSpec spec) {
    return "./myrixen "
        + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
  }

  /** Tells whoever waits how far it has come. */
  static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
