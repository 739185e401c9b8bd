package io.myrixen.driver.command;

import io.myrixen.simulation.load.Load;
import io.myrixen.simulation.oracle.ViolationException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code myrixen simulate goodput}. */
@Command(
    name = "goodput",
    description = {
      "Sends messages of 1 MiB from NIC to NIC, eight at a time, over a link of 10 Gbit/s with a",
      "round trip of 100 microseconds that loses frames both ways, and says how much arrives."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class SimulateGoodputCommand implements Callable<Integer> {

  /** Where the messages lie. */
  enum Memory {
    registered,
    staged
  }

  private static final int PARTS_OF_A_PERCENT = 10_000;

  @Option(
      names = "--loss",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description = "Frames lost, each way (default: ${DEFAULT-VALUE}).")
  private double lossPercent;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "How long, in virtual time (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--memory",
      defaultValue = "registered",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Memory memory = Memory.registered;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "What chance decides by (default: ${DEFAULT-VALUE}).")
  private long seed;

  SimulateGoodputCommand() {}

  @Override
  public Integer call() {
    try {
      var load =
          new Load(
              1,
              (int) Math.round(lossPercent * PARTS_OF_A_PERCENT),
              Duration.ofSeconds(seconds),
              memory == Memory.registered,
              seed);
      Load.Arrived arrived = load.run();
      System.out.printf(
          "%,d messages in %d s, %s memory, %s %% loss: goodput %.3f GB/s%n",
          arrived.messages(), seconds, memory, lossPercent, arrived.bytesPerSecond() / 1e9);
      return ExitCode.DONE;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_USAGE, String.valueOf(e.getMessage()), e);
    } catch (ViolationException e) {
      throw new CommandFailure(ExitCode.FOUND_WRONG, String.valueOf(e.getMessage()), e);
    }
  }
}
