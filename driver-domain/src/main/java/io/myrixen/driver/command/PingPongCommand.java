package io.myrixen.driver.command;

import io.myrixen.driver.fleet.EchoMeasurement;
import io.myrixen.driver.fleet.EchoTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code myrixen pingpong}. */
@Command(
    name = "pingpong",
    description = {
      "Measures echoes between two VMs that it creates, and what a stream achieves, by size.",
      "Uses the hypervisor and driver domain that run in --run-dir, or brings its own.",
      "Or between two VMs that exist, as on Xen: --serve in one, then --peer in the other."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class PingPongCommand implements Callable<Integer> {

  /** The time of each echo is kept until its size is done: 80 MB. */
  private static final int MOST = 10_000_000;

  @Mixin private final PairOptions pair = new PairOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "Echoes of each size (default: 100 to 4,000, by size).")
  private int count;

  @Override
  public Integer call() throws InterruptedException {
    if (pair.serves()) {
      return pair.serve();
    }
    if (count < 0 || count > MOST) {
      throw new CommandFailure(
          ExitCode.BAD_USAGE, "--count must be 0 to %d: %d".formatted(MOST, count));
    }
    List<EchoMeasurement> echoes =
        pair.measure(
            (first, second, sizes) -> EchoMeasurement.measure(first, second, count, sizes));
    pair.print(EchoTable.of(echoes), echoes.stream().map(EchoMeasurement::json).toList());
    return ExitCode.DONE;
  }
}
