package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.fail;

import io.myrixen.driver.process.Jvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command of {@code myrixen} in a process of its own; killed with all it started if it is left.
 */
final class CommandRun implements AutoCloseable {

  /** A JVM that starts on a machine busy with others, and what it starts in turn. */
  static final Duration LIMIT = Duration.ofSeconds(90);

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;

  private CommandRun(String name, Process process, Path out, Path err) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts a command; its output goes to files in {@code logs}. */
  static CommandRun start(Path logs, String... arguments) throws IOException {
    return start(logs, arguments[0], String.join(" ", arguments), Jvm.command(List.of(arguments)));
  }

  /** Starts a user's Java program, which is no VM of anybody's, with the arguments of java. */
  static CommandRun startProgram(Path logs, String... arguments) throws IOException {
    return start(logs, "java", String.join(" ", arguments), Jvm.user(List.of(arguments), ""));
  }

  private static CommandRun start(Path logs, String prefix, String name, List<String> line)
      throws IOException {
    Path out = Files.createTempFile(logs, prefix, ".out");
    Path err = Files.createTempFile(logs, prefix, ".err");
    Process process =
        new ProcessBuilder(line)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    return new CommandRun(name, process, out, err);
  }

  Process process() {
    return process;
  }

  String out() {
    return read(out);
  }

  /** What it said on standard error, but for a logging facade that is in the tests' class path. */
  String err() {
    return read(err)
        .lines()
        .filter(line -> !line.startsWith("SLF4J("))
        .collect(Collectors.joining("\n"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until the output holds {@code text}. */
  CommandRun awaitOutput(String text) throws InterruptedException {
    long deadlineNs = System.nanoTime() + LIMIT.toNanos();
    while (!out().contains(text)) {
      if (!process.isAlive() || System.nanoTime() - deadlineNs > 0) {
        fail(name + " did not say \"" + text + "\" but:\n" + out() + err());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return this;
  }

  /** Waits for the end; returns the exit code. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      fail(name + " does not end; it said:\n" + out() + err());
    }
    return process.exitValue();
  }

  /** Sends SIGTERM and waits for the end; returns the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitExit();
  }

  /** Processes that this one has started and that live. */
  List<ProcessHandle> children(String commandLinePart) {
    try (Stream<ProcessHandle> all = process.descendants()) {
      return all.filter(child -> child.info().commandLine().orElse("").contains(commandLinePart))
          .toList();
    }
  }

  @Override
  public void close() {
    try (Stream<ProcessHandle> all = process.descendants()) {
      List<ProcessHandle> left = all.toList();
      process.destroyForcibly().onExit().join();
      left.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
