package io.myrixen.simulation.traffic;

import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.simulation.oracle.ViolationException;

/**
 * How much memory unexpected messages may take: what {@link EndpointOptions#unexpectedBytes} says.
 */
final class UnexpectedBound {

  /** What each message costs beside its bytes. */
  private static final long BESIDE_BYTES = 128;

  private static final String WORD = "unexpected ";
  private static final String PEAK = " peak-bytes=";

  private UnexpectedBound() {}

  /** The most that the library says it has taken at once, in bytes. */
  static long peakBytes(String description) {
    for (String line : description.lines().toList()) {
      int at = line.indexOf(PEAK);
      if (line.startsWith(WORD) && at >= 0) {
        String rest = line.substring(at + PEAK.length());
        return Long.parseLong(rest.substring(0, (rest + " ").indexOf(' ')));
      }
    }
    throw new ViolationException("a library does not say what memory it takes: " + description);
  }

  /**
   * Judges the most that was taken.
   *
   * @param bare messages at most that take no memory but what they cost beside their bytes
   * @throws ViolationException if it was too much
   */
  static void check(long peakBytes, EndpointOptions options, long bare) {
    long most =
        Math.max(options.unexpectedBytes(), WindowLayout.MEDIUM_BYTES + BESIDE_BYTES)
            + bare * BESIDE_BYTES;
    if (peakBytes > most) {
      throw new ViolationException(
          "unexpected messages took %d bytes, of %d".formatted(peakBytes, most));
    }
  }
}
