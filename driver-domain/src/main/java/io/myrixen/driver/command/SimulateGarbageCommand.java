package io.myrixen.driver.command;

import io.myrixen.simulation.campaign.Campaign;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code myrixen simulate garbage}. */
@Command(
    name = "garbage",
    description = {
      "Puts 3,000 frames that nobody sent into a network for each seed, noise and changed real",
      "ones, and looks whether NICs and libraries bear it and messages arrive all the same.",
      "Exit code 1: a seed failed; the last lines say which, and how to run it again."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class SimulateGarbageCommand implements Callable<Integer> {

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many seeds (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--first",
      paramLabel = "S",
      defaultValue = "1",
      description = "The first of them (default: ${DEFAULT-VALUE}).")
  private long first;

  SimulateGarbageCommand() {}

  @Override
  public Integer call() {
    return CampaignRun.of(
        Campaign.ofGarbage(CampaignRun::say), seeds, first, "simulate garbage", "");
  }
}
