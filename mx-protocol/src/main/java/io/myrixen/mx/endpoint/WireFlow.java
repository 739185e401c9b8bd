package io.myrixen.mx.endpoint;

/**
 * What an endpoint keeps about a partner behind a wire, and not about one on the same NIC: how long
 * acknowledgements take, how much the way bears, which numbers may be used again, and which
 * acknowledgements repeat each other.
 */
final class WireFlow {

  /** Acknowledgements at once for what arrives behind a gap: TCP's three repeats and no more. */
  private static final int MOST_REPEATS = 3;

  /** A gap that lasts is told of again a thousand times a second. */
  private static final long REPEAT_PAUSE_NS = 1_000_000L;

  final RoundTrip roundTrip = new RoundTrip();
  final CongestionWindow window = new CongestionWindow();
  final NumberReuse numbers;

  /** When the partner was met: a refusal that comes soon after may be of the opening before. */
  final long metNs;

  /** Acknowledgements since the last progress that said nothing new. */
  int repeats;

  /** Until when the frame lifetime holds new messages back, while it does. */
  long heldUntilNs;

  boolean held;

  /** Acknowledgements that are to travel alone to tell of a gap. */
  int repeatsDue;

  /** Whether the last arrival came after a pause longer than an acknowledgement may be owed. */
  private boolean afterPause;

  private int gapAt;
  private int gapRepeats;
  private long gapRepeatNs;

  WireFlow(long frameLifetimeNs, long nowNs) {
    numbers = new NumberReuse(frameLifetimeNs);
    metNs = nowNs;
  }

  private static long cost(Outgoing message) {
    return CongestionWindow.HEADER_BYTES + (message.eager() ? message.lengthBytes : 0);
  }

  /** {@code message} is written for the NIC, for the first time or again. */
  void transmitted(Outgoing message, long nowNs) {
    message.sentNs = nowNs;
    message.transmissions++;
    if (!message.outstanding) {
      message.outstanding = true;
      window.transmitted(cost(message));
    }
  }

  /** {@code message} is not on its way any more, as far as anybody knows. */
  void deemLost(Outgoing message) {
    if (message.outstanding) {
      message.outstanding = false;
      window.left(cost(message));
    }
  }

  void acknowledged(Outgoing message) {
    if (message.outstanding) {
      message.outstanding = false;
      window.acknowledged(cost(message));
    }
  }

  /** A message has come, or a piece of one, {@code sinceNs} after the one before. */
  void arrived(long sinceNs) {
    afterPause = sinceNs > Acks.DELAY_NS;
  }

  /**
   * Whether what has just arrived is to be acknowledged at once, since it came alone: it may be a
   * resend, behind which others wait.
   */
  boolean afterPause() {
    return afterPause;
  }

  /**
   * Something has arrived although {@code missing} has not. Returns whether the sender is to be
   * told at once: the first few times, and then now and then.
   */
  boolean tellsGap(int missing, long nowNs) {
    if (missing != gapAt || gapRepeats == 0) {
      gapAt = missing;
      gapRepeats = 0;
    } else if (gapRepeats >= MOST_REPEATS && nowNs - gapRepeatNs < REPEAT_PAUSE_NS) {
      return false;
    }
    gapRepeats = Math.min(gapRepeats + 1, MOST_REPEATS);
    gapRepeatNs = nowNs;
    repeatsDue++;
    return true;
  }

  /** The sender is to take what is missing for lost: it has been dropped here. */
  void tellAgain() {
    repeatsDue = MOST_REPEATS;
  }

  /**
   * Whether repeated acknowledgements show that the first of {@code inFlightCount} messages is
   * lost: three, or where fewer follow it as many as those can cause (RFC 5827).
   */
  boolean showLoss(int inFlightCount) {
    return inFlightCount > 1 && repeats >= Math.min(inFlightCount - 1, MOST_REPEATS);
  }
}
