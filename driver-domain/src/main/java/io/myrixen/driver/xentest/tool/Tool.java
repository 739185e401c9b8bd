package io.myrixen.driver.xentest.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs programs to their end. Any thread. */
public final class Tool {

  /** Lines of a failed program that its error message repeats. */
  private static final int LINES_TOLD = 3;

  private Tool() {}

  /** Returns where program {@code name} is on the PATH, or null if it is not there. */
  public static @Nullable Path find(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(":"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /**
   * Runs a program in {@code directory}, in the language of its authors.
   *
   * @return what it printed, errors among the rest, and its exit code
   * @throws MissingHereException if it cannot be started
   */
  public static Result run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new MissingHereException(
          "cannot start %s: %s".formatted(command.getFirst(), e.getMessage()));
    }
    try {
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Result(command, process.waitFor(), said);
    } finally {
      process.destroyForcibly(); // Only if this thread was interrupted is there anything to kill.
    }
  }

  /** As {@link #run}, for a program that must succeed. */
  public static String output(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Result result = run(directory, Map.of(), command);
    if (result.code() != 0) {
      throw new MissingHereException(result.toString());
    }
    return result.said();
  }

  /** Writes to {@code target} what a program makes of {@code source}. */
  public static void filter(List<String> command, Path source, Path target)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectInput(source.toFile())
              .redirectOutput(target.toFile())
              .redirectError(Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new MissingHereException(
          "cannot start %s: %s".formatted(command.getFirst(), e.getMessage()));
    }
    if (process.waitFor() != 0) {
      throw new MissingHereException(command.getFirst() + " cannot unpack " + source);
    }
  }

  /**
   * What a program did.
   *
   * @param command the program and its arguments
   * @param code its exit code
   * @param said what it printed
   */
  public record Result(List<String> command, int code, String said) {

    /** The lines that begin with {@code mark}, or the last ones if none does; in one line. */
    public String errors(String mark) {
      List<String> lines = said.lines().toList();
      List<String> marked = lines.stream().filter(line -> line.startsWith(mark)).toList();
      List<String> told =
          marked.isEmpty()
              ? lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size())
              : marked;
      return told.stream().limit(LINES_TOLD).collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
      return "%s ended with %d: %s".formatted(command.getFirst(), code, errors("E: "));
    }
  }
}
