package io.myrixen.driver.command;

import io.myrixen.simulation.load.Load;
import io.myrixen.simulation.oracle.ViolationException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code myrixen simulate incast}. */
@Command(
    name = "incast",
    description = {
      "Lets many senders on NICs of their own send to one receiver, and compares what arrives with",
      "what arrives from one. Exit code 1: more than a fifth is lost to the crowd."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class SimulateIncastCommand implements Callable<Integer> {

  /** What must be left of one sender's goodput. */
  private static final double LEAST_SHARE = 0.8;

  @Option(
      names = "--senders",
      paramLabel = "N",
      defaultValue = "32",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int senders;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description = "How long, in virtual time (default: ${DEFAULT-VALUE}).")
  private int seconds;

  SimulateIncastCommand() {}

  @Override
  public Integer call() {
    try {
      double one = goodput(1);
      double many = goodput(senders);
      System.out.printf(
          "1 sender %.3f GB/s, %d senders %.3f GB/s: %.0f %%%n",
          one / 1e9, senders, many / 1e9, 100 * many / one);
      return many >= LEAST_SHARE * one ? ExitCode.DONE : ExitCode.FOUND_WRONG;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_USAGE, String.valueOf(e.getMessage()), e);
    } catch (ViolationException e) {
      throw new CommandFailure(ExitCode.FOUND_WRONG, String.valueOf(e.getMessage()), e);
    }
  }

  private double goodput(int count) {
    return new Load(count, 0, Duration.ofSeconds(seconds), true, 1).run().bytesPerSecond();
  }
}
