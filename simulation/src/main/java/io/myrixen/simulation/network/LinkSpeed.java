package io.myrixen.simulation.network;

/**
 * What a link does to every frame.
 *
 * @param bitsPerSecond how fast it is, at least 1 Mbit/s
 * @param latencyNs how long a bit is under way
 */
public record LinkSpeed(long bitsPerSecond, long latencyNs) {

  /** Preamble, check sequence and the gap between frames, in bytes. */
  private static final int OVERHEAD_BYTES = 8 + 4 + 12;

  private static final long NS_PER_SECOND = 1_000_000_000L;

  /** Checks both. */
  public LinkSpeed {
    if (bitsPerSecond < 1_000_000 || latencyNs < 0) {
      throw new IllegalArgumentException(
          "no link: %d bit/s, %d ns".formatted(bitsPerSecond, latencyNs));
    }
  }

  /** How long the link is busy with a frame of {@code lengthBytes} bytes. */
  long occupiedNs(int lengthBytes) {
    return ((long) lengthBytes + OVERHEAD_BYTES) * Byte.SIZE * NS_PER_SECOND / bitsPerSecond;
  }

  /** How many bytes the link carries in {@code ns}. */
  long bytesIn(long ns) {
    return ns * (bitsPerSecond / Byte.SIZE) / NS_PER_SECOND;
  }
}
