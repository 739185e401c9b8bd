package io.myrixen.mx.endpoint;

/**
 * How many bytes may be on their way to a partner on another NIC: slow start, additive increase,
 * multiplicative decrease on loss (RFC 5681). What is deemed lost is not on its way.
 */
final class CongestionWindow {

  /** Sixteen frames of 4 KiB: sixteen such senders at once fit into a switch's queue of 1 MiB. */
  static final long FIRST_BYTES = 64 << 10;

  /**
   * Four such frames. A receiver acknowledges half of that at once ({@link Acks}), so that a sender
   * with the smallest window never waits for a delayed acknowledgement.
   */
  static final long LEAST_BYTES = 16 << 10;

  /** All numbers in flight with the longest eager messages. */
  static final long MOST_BYTES = (long) Partner.WINDOW * (32 << 10);

  /** Two frames a round trip: with one, a loss in a hundred would leave a third of 10 Gbit/s. */
  static final long STEP_BYTES = 8 << 10;

  /** What a message costs beside its payload: headers, or the smallest frame. */
  static final int HEADER_BYTES = 64;

  private long windowBytes = FIRST_BYTES;
  private long thresholdBytes = MOST_BYTES;
  private long outstandingBytes;

  /** Whether another message may go; the last one may exceed the window by its length. */
  boolean open() {
    return outstandingBytes < windowBytes;
  }

  /** A message, or one that was deemed lost once more, has been transmitted. */
  void transmitted(long bytes) {
    outstandingBytes += bytes;
  }

  /** Something transmitted is deemed lost, or nobody waits for it any more. */
  void left(long bytes) {
    outstandingBytes -= bytes;
  }

  /**
   * Something transmitted has been acknowledged. A window that the sender does not use says nothing
   * about the network and does not grow.
   */
  void acknowledged(long bytes) {
    boolean used = outstandingBytes >= windowBytes / 2;
    outstandingBytes -= bytes;
    if (used) {
      long more = windowBytes < thresholdBytes ? bytes : STEP_BYTES * bytes / windowBytes;
      windowBytes = Math.min(windowBytes + more, MOST_BYTES);
    }
  }

  /** Repeated acknowledgements have shown a loss: once for all that was lost in one window. */
  void lost() {
    thresholdBytes = Math.max(windowBytes * 7 / 10, LEAST_BYTES);
    windowBytes = thresholdBytes;
  }

  /**
   * Nothing has been acknowledged for a whole time-out.
   *
   * @param first whether it is the first since something was
   */
  void timedOut(boolean first) {
    if (first) {
      thresholdBytes = Math.max(windowBytes / 2, LEAST_BYTES);
    }
    windowBytes = LEAST_BYTES;
  }

  long windowBytes() {
    return windowBytes;
  }

  long outstandingBytes() {
    return outstandingBytes;
  }
}
