package io.myrixen.driver.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the process of a domain does, as the kernel has it. */
public enum ProcessState {
  /** None has attached yet. */
  AWAITED,
  /** It runs, or sleeps. */
  RUNNING,
  /** It was stopped by a signal or a debugger: its domain does nothing and answers nobody. */
  STOPPED,
  /** It is gone; the domain will be in a moment. */
  GONE;

  static ProcessState of(long pid) {
    if (pid == 0) {
      return AWAITED;
    }
    try {
      byte[] stat = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat"));
      return parse(new String(stat, StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return GONE;
    }
  }

  /**
   * Reads {@code /proc/PID/stat} (proc(5)): the state follows the name, which may hold anything.
   */
  static ProcessState parse(String stat) {
    int state = stat.lastIndexOf(')') + 2;
    return switch (state < stat.length() ? stat.charAt(state) : 'X') {
      case 'T', 't' -> STOPPED;
      case 'Z', 'X', 'x' -> GONE;
      default -> RUNNING;
    };
  }

  /** As commands print it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
