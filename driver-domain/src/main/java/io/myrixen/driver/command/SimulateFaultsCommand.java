package io.myrixen.driver.command;

import io.myrixen.simulation.campaign.Campaign;
import io.myrixen.simulation.campaign.SeedRunner;
import io.myrixen.simulation.sabotage.Sabotage;
import io.myrixen.simulation.sabotage.SabotagedLoader;
import io.myrixen.simulation.sabotage.Sabotages;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code myrixen simulate faults}. */
@Command(
    name = "faults",
    description = {
      "Sends 2,000 messages for each seed through a system in which much goes wrong, and looks",
      "whether each arrives once, in order and intact, or ends with a status that is due.",
      "Exit code 1: a seed failed; the last lines say which, and how to run it again."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class SimulateFaultsCommand implements Callable<Integer> {

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many seeds (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--first",
      paramLabel = "S",
      defaultValue = "1",
      description = "The first of them (default: ${DEFAULT-VALUE}).")
  private long first;

  @Option(
      names = "--sabotage",
      paramLabel = "NAME",
      description = "Plants a defect before; see docs/simulation.md for the names.")
  private @Nullable String sabotage;

  SimulateFaultsCommand() {}

  @Override
  public Integer call() {
    return CampaignRun.of(
        new Campaign(runner(), CampaignRun::say),
        seeds,
        first,
        "simulate faults",
        sabotage == null ? "" : " --sabotage " + sabotage);
  }

  private LongFunction<Map<String, Long>> runner() {
    if (sabotage == null) {
      return new SeedRunner();
    }
    Sabotage planted =
        Sabotages.named(sabotage)
            .orElseThrow(() ->
                new CommandFailure(
                    ExitCode.BAD_USAGE,
                    "no sabotage is named %s; there are: %s"
                        .formatted(sabotage, Sabotages.names())));
    return SabotagedLoader.runner(planted);
  }
}
