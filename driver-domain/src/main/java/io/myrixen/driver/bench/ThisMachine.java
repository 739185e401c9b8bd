package io.myrixen.driver.bench;

import io.myrixen.driver.bench.result.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** The machine that a benchmark runs on. */
public final class ThisMachine {

  private ThisMachine() {}

  /**
   * Says what it is.
   *
   * @throws IOException if {@code /proc} cannot be read
   */
  public static Machine read() throws IOException {
    String cpu =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(Predicate.not(String::isBlank))
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown");
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        cpu,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
  }
}
