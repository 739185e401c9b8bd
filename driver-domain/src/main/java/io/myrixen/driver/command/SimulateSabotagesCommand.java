package io.myrixen.driver.command;

import io.myrixen.simulation.campaign.Campaign;
import io.myrixen.simulation.sabotage.Sabotage;
import io.myrixen.simulation.sabotage.SabotagedLoader;
import io.myrixen.simulation.sabotage.Sabotages;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code myrixen simulate sabotages}. */
@Command(
    name = "sabotages",
    description = {
      "Plants each known defect in turn, and counts the seeds until one fails.",
      "Exit code 1: a defect was not found within the seeds."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class SimulateSabotagesCommand implements Callable<Integer> {

  private static final int LONGEST_REASON = 90;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many seeds for each (default: ${DEFAULT-VALUE}).")
  private int seeds;

  SimulateSabotagesCommand() {}

  @Override
  public Integer call() {
    if (seeds < 1) {
      throw new CommandFailure(ExitCode.BAD_USAGE, "--seeds must be 1 or more: " + seeds);
    }
    int found = 0;
    for (Sabotage sabotage : Sabotages.ALL) {
      Campaign.Result result =
          new Campaign(SabotagedLoader.runner(sabotage), _ -> {}).run(1, seeds);
      String reason = result.failure();
      found += reason == null ? 0 : 1;
      System.out.printf(
          "%-28s %5s  %s%n",
          sabotage.name(),
          reason == null ? "-" : Long.toString(result.failedSeed()),
          reason == null ? "NOT FOUND" : shortened(reason));
      System.out.flush();
    }
    System.out.printf(
        "%d of %d defects found, each within %d seeds%n", found, Sabotages.ALL.size(), seeds);
    return found == Sabotages.ALL.size() ? ExitCode.DONE : ExitCode.FOUND_WRONG;
  }

  private static String shortened(String reason) {
    String line = reason.lines().findFirst().orElse("");
    return line.substring(0, Math.min(LONGEST_REASON, line.length()));
  }
}
