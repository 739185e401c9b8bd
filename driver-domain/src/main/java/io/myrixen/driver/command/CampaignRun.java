package io.myrixen.driver.command;

import io.myrixen.simulation.campaign.Campaign;

/** Runs a campaign for a command, and says what came of it. */
final class CampaignRun {

  private CampaignRun() {}

  /**
   * Runs {@code seeds} seeds from {@code first} on.
   *
   * @param command what {@code ./myrixen} is to be told before the seeds, to run a failure again
   * @param more what it is to be told behind them, with a space before it, or nothing
   * @return the exit code
   */
  static int of(Campaign campaign, int seeds, long first, String command, String more) {
    if (seeds < 1) {
      throw new CommandFailure(ExitCode.BAD_USAGE, "--seeds must be 1 or more: " + seeds);
    }
    Campaign.Result result = campaign.run(first, seeds);
    result.coverage().forEach((name, count) -> System.out.printf("%-40s %,15d%n", name, count));
    if (result.passed()) {
      say("%,d seeds passed: %d to %d".formatted(seeds, first, first + seeds - 1));
      return ExitCode.DONE;
    }
    say("seed %d failed: %s".formatted(result.failedSeed(), result.failure()));
    say(
        "again: ./myrixen %s --seeds %d --first %d%s"
            .formatted(command, result.seedsToRepeat(), result.failedSeed(), more));
    return ExitCode.FOUND_WRONG;
  }

  /** A line, at once, also where the output is a file that somebody watches. */
  static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
