package io.myrixen.driver.guest;

import java.util.Locale;

/**
 * What is measured in one go: echoes or a stream of messages of one size. An echo sends back the
 * very message that came. A stream is sent in windows, the last message of each acknowledged, and
 * the sender rewrites each message before it sends it.
 *
 * @param bytes payload of each message, 1 to 1 MiB
 */
public record Load(Kind kind, int bytes) {

  /** Largest message that is measured. */
  public static final int MAX_BYTES = 1 << 20;

  /** An echo receives into one buffer while the other one is still being sent. */
  private static final int ECHO_BUFFERS = 2;

  /**
   * Messages of a stream under way at once: 64 small ones down to 4 large ones, so that all of them
   * stay in a second-level cache or nearly so.
   */
  static final int MOST_BUFFERS = 64;

  private static final int FEWEST_BUFFERS = 4;
  private static final int BUFFER_BYTES = 1 << 20;

  /** Messages of a window: long against the round trip that its acknowledgement costs. */
  private static final int MOST_IN_WINDOW = 1_024;

  private static final int FEWEST_IN_WINDOW = 16;
  private static final int BYTES_IN_WINDOW = 16 << 20;

  /** Buffers begin on cache lines of their own. */
  private static final int LINE_BYTES = 64;

  /** Which way messages go. */
  public enum Kind {
    /** One message at a time, there and back. */
    ECHO,
    /** As many as may be under way, one way. */
    STREAM
  }

  /** Checks the size. */
  public Load {
    if (bytes < 1 || bytes > MAX_BYTES) {
      throw new IllegalArgumentException("bytes must be 1 to %d: %d".formatted(MAX_BYTES, bytes));
    }
  }

  /** Reads what {@link #on} wrote. */
  public static Load from(Line line) {
    return new Load(
        Kind.valueOf(line.text("kind").toUpperCase(Locale.ROOT)), (int) line.number("bytes"));
  }

  /** Adds this load to {@code line}. */
  public Line on(Line line) {
    return line.with("kind", kind.name().toLowerCase(Locale.ROOT)).with("bytes", bytes);
  }

  /** Buffers on either side, a power of two: as many messages as may be under way at once. */
  public int buffers() {
    return switch (kind) {
      case ECHO -> ECHO_BUFFERS;
      case STREAM ->
          Math.clamp(Integer.highestOneBit(BUFFER_BYTES / bytes), FEWEST_BUFFERS, MOST_BUFFERS);
    };
  }

  /** Messages of a stream from one acknowledgement to the next; not less than the buffers. */
  public int window() {
    return Math.clamp(BYTES_IN_WINDOW / bytes, FEWEST_IN_WINDOW, MOST_IN_WINDOW);
  }

  /** Where buffer {@code index} begins in memory that holds all of them. */
  public long offset(int index) {
    return (long) index * Math.ceilDiv(bytes, LINE_BYTES) * LINE_BYTES;
  }

  /** Memory for all buffers. */
  public long memoryBytes() {
    return offset(buffers());
  }
}
