package io.myrixen.driver.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A user's program: it has our terminal, and is told to end by SIGTERM. */
public final class UserProcess implements AutoCloseable {

  /** A program may have something to finish; whoever waits for us sends SIGKILL in the end. */
  private static final long PATIENCE_SECONDS = 10;

  private final Process process;

  private UserProcess(Process process) {
    this.process = process;
  }

  /** Starts it. */
  public static UserProcess start(List<String> command, Map<String, String> environment) {
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment);
    try {
      return new UserProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start java: " + e.getMessage(), e);
    }
  }

  /** Waits for its end; returns its exit code. */
  public int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  /** Sends SIGTERM and waits; after a while SIGKILL. Idempotent. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
