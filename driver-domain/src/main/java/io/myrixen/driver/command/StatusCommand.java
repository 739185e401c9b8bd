package io.myrixen.driver.command;

import io.myrixen.driver.report.Json;
import io.myrixen.driver.status.DomainStatus;
import io.myrixen.driver.status.StatusJson;
import io.myrixen.driver.status.StatusText;
import io.myrixen.driver.status.SystemStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code myrixen status}. */
@Command(
    name = "status",
    description = {
      "Shows how a running system fares: hypervisor, driver domain, VMs with their processes, what",
      "they hold, and what passes through the NIC. What VMs find each other by is in info.",
      "Exit code 1 says that no driver domain serves, or that a VM's process is stopped.",
      "In a domain of Xen it shows what that domain may see."
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
    if (runDirectory.onXen()) {
      DomainStatus status = DomainStatus.read(runDirectory.path(), interval);
      return print(status.text(), status.json(), status.good());
    }
    SystemStatus status = SystemStatus.read(runDirectory.path(), interval);
    return print(StatusText.of(status), StatusJson.of(status), status.good());
  }

  private int print(String text, Map<String, @Nullable Object> object, boolean good) {
    System.out.print(text);
    if (json) {
      System.out.println(Json.write(object));
    }
    return good ? ExitCode.DONE : ExitCode.FOUND_WRONG;
  }
}
