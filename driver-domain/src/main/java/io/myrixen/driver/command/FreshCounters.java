package io.myrixen.driver.command;

import io.myrixen.driver.service.DriverCounters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** The driver domain's counters for a command that cannot do without. */
final class FreshCounters {

  /** Far more than the interval at which counters are published. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private FreshCounters() {}

  static DriverCounters read(Path directory) {
    try {
      return DriverCounters.readFresh(directory, LIMIT);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.MISSING, "no driver domain in " + directory, e);
    } catch (TimeoutException e) {
      throw new CommandFailure(
          ExitCode.FOUND_WRONG, "the driver domain in " + directory + " does not answer", e);
    }
  }
}
