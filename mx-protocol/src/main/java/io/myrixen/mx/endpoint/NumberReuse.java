package io.myrixen.mx.endpoint;

/**
 * Keeps the frame lifetime behind 14 bits of sequence number: a receiver takes a frame that a
 * network has kept for a whole turn of the numbers for a new one. So a number comes within the
 * receiver's reach, which is {@link Partner#WINDOW} ahead of what is sent, only when a frame's
 * lifetime has passed since the last transmission of its previous use.
 *
 * <p>Not each number has a time of its own but each range of them: a range is <em>quiet</em> since
 * the first transmission of a number so far behind it that all of it had been acknowledged by then,
 * and so had something sent later. Since the NIC transmits in order, none of its frames, nor one of
 * the partner's that acknowledged it, has begun its life later.
 *
 * <pre>
 *   number  0          1024         1536 (quiet at)                     16384 - 256 (reach at)
 *           |-- range --|-- acknowledged by then --|   ...   other ranges   ...  |
 * </pre>
 */
final class NumberReuse {

  private static final int RANGE_LOG2 = 10;
  private static final int RANGE = 1 << RANGE_LOG2;
  private static final int RANGES = Sequence.SPAN >> RANGE_LOG2;

  /** Twice what may be in flight, so that the first half has been acknowledged. */
  private static final int BEHIND = 2 * Partner.WINDOW;

  private final long lifetimeNs;
  private final long[] quietAtNs = new long[RANGES];
  private final boolean[] used = new boolean[RANGES];

  NumberReuse(long lifetimeNs) {
    this.lifetimeNs = lifetimeNs;
  }

  /**
   * Asks whether {@code sequence} may be transmitted for the first time since the numbers came
   * round to it; if so, it is.
   *
   * @return 0, or nanoseconds to wait
   */
  long holdNs(int sequence, long nowNs) {
    int number = Sequence.number(sequence);
    if ((number & Partner.WINDOW - 1) != 0) {
      return 0; // Ranges begin and end at multiples of the window.
    }
    int reached = number + Partner.WINDOW;
    if ((reached & RANGE - 1) == 0) {
      int range = reached >> RANGE_LOG2 & RANGES - 1;
      long leftNs = quietAtNs[range] + lifetimeNs - nowNs;
      if (used[range] && leftNs > 0) {
        return leftNs;
      }
    }
    int behind = number - BEHIND;
    if ((behind & RANGE - 1) == 0) {
      int range = (behind >> RANGE_LOG2) - 1 & RANGES - 1;
      quietAtNs[range] = nowNs;
      used[range] = true;
    }
    return 0;
  }
}
