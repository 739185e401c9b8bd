package io.myrixen.driver.command;

import io.myrixen.driver.fleet.StreamMeasurement;
import io.myrixen.driver.fleet.StreamTable;
import io.myrixen.driver.fleet.ToldGuest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code myrixen stream}. */
@Command(
    name = "stream",
    description = {
      "Streams messages from one VM to another, both of which it creates, and prints bandwidth and",
      "message rate by size. What arrives is verified: lengths always, every byte of the messages",
      "that come last. Uses the hypervisor and driver domain that run in --run-dir, or brings its",
      "own. Or between two VMs that exist, as on Xen: --serve in one, then --peer in the other."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class StreamCommand implements Callable<Integer> {

  /** Longer than this tells no more. */
  private static final double LONGEST_SECONDS = 600;

  @Mixin private final PairOptions pair = new PairOptions();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "1",
      description = "About how long each size is streamed (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "Messages of each size, in place of a time.")
  private long count;

  @Option(names = "--fresh", description = "The sender rewrites its buffer before each message.")
  private boolean fresh;

  @Override
  public Integer call() throws InterruptedException {
    if (pair.serves()) {
      return pair.serve();
    }
    if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
      throw new CommandFailure(
          ExitCode.BAD_USAGE,
          "--seconds must be above 0, up to %.0f: %s".formatted(LONGEST_SECONDS, seconds));
    }
    if (count < 0) {
      throw new CommandFailure(ExitCode.BAD_USAGE, "--count must not be negative: " + count);
    }
    List<StreamMeasurement> streams = pair.measure(this::stream);
    pair.print(StreamTable.of(streams), streams.stream().map(StreamMeasurement::json).toList());
    return ExitCode.DONE;
  }

  private List<StreamMeasurement> stream(ToldGuest from, ToldGuest to, int... sizes)
      throws InterruptedException {
    var plan = new StreamMeasurement.Plan(fresh, count, seconds);
    var streams = new ArrayList<StreamMeasurement>();
    for (int size : sizes) {
      streams.add(StreamMeasurement.measure(from, to, size, plan));
    }
    return streams;
  }
}
