package io.myrixen.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A process that this one talks to by lines on its standard input and output. The end of its input
 * tells it to end, so that it also does when this process is killed. Any thread.
 */
public final class ChildProcess implements AutoCloseable {

  /** Longer than closing endpoints may linger. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final Process process;
  private final PrintStream in;
  private final Thread reader;

  private ChildProcess(Process process, Thread reader) {
    this.process = process;
    this.in = new PrintStream(process.getOutputStream(), true, UTF_8);
    this.reader = reader;
  }

  /**
   * Starts a process. What it says on its standard error goes to ours.
   *
   * @param line receives each line of its standard output, on a thread of its own
   */
  public static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Consumer<String> line) {
    var builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name + ": " + e.getMessage(), e);
    }
    Thread reader =
        Thread.ofPlatform().name(name).daemon(true).start(() -> readLines(process, line));
    return new ChildProcess(process, reader);
  }

  private static void readLines(Process process, Consumer<String> line) {
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String text = out.readLine(); text != null; text = out.readLine()) {
        line.accept(text);
      }
    } catch (IOException _) {
      // The process is gone, which is what the end of its output says too.
    }
  }

  /** Sends a line; lost if the process is gone. */
  public void send(String line) {
    in.println(line);
  }

  /** The process's id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /**
   * Calls {@code listener} with the exit code once the process has ended and every line of it has
   * been received. On a thread of its own.
   */
  public void whenEnded(IntConsumer listener) {
    Thread.ofPlatform()
        .name("end of " + reader.getName())
        .daemon(true)
        .start(() -> {
          try {
            int code = process.waitFor();
            reader.join();
            listener.accept(code);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Asks it to end, by the end of its input and SIGTERM; after a while it is killed. */
  @Override
  public void close() {
    in.close();
    if (!awaitExit(Duration.ofSeconds(1))) {
      process.destroy();
      if (!awaitExit(CLOSE_LIMIT)) {
        process.destroyForcibly();
        awaitExit(CLOSE_LIMIT);
      }
    }
  }

  private boolean awaitExit(Duration limit) {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
