package io.myrixen.driver.command;

import io.myrixen.driver.report.Json;
import io.myrixen.driver.status.StatusJson;
import io.myrixen.driver.status.StatusText;
import io.myrixen.driver.status.SystemStatus;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code myrixen status}. */
@Command(
    name = "status",
    description = {
      "Shows how a running system fares: hypervisor, driver domain, VMs with their processes, what",
      "they hold, and what passes through the NIC. What VMs find each other by is in info.",
      "Exit code 1 says that no driver domain serves, or that a VM's process is stopped."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class StatusCommand implements Callable<Integer> {

  private static final double LONGEST_SECONDS = 600;

  @Mixin private final RunDirectoryOption runDirectory = new RunDirectoryOption();

  @Option(
      names = "--interval",
      paramLabel = "S",
      defaultValue = "0.5",
      description = "How long to look for rates, in seconds (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(names = "--json", description = "Print the result as one JSON object, last line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
      throw new CommandFailure(
          ExitCode.BAD_USAGE,
          "--interval must be above 0, up to %.0f: %s".formatted(LONGEST_SECONDS, seconds));
    }
    Duration interval = Duration.ofNanos((long) (seconds * 1e9));
    SystemStatus status = SystemStatus.read(runDirectory.path(), interval);
    System.out.print(StatusText.of(status));
    if (json) {
      System.out.println(Json.write(StatusJson.of(status)));
    }
    return status.good() ? ExitCode.DONE : ExitCode.FOUND_WRONG;
  }
}
