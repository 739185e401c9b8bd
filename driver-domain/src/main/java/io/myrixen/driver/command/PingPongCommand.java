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
    if (count < 0) {
      throw new CommandFailure(ExitCode.BAD_USAGE, "--count must not be negative: " + count);
    }
    List<EchoMeasurement> echoes =
        pair.measure(
            (first, second, sizes) -> EchoMeasurement.measure(first, second, count, sizes));
    pair.print(EchoTable.of(echoes), echoes.stream().map(EchoMeasurement::json).toList());
    return ExitCode.DONE;
  }
}
