package io.myrixen.nic;

/**
 * How long a peer takes to reply, measured, and how long to wait before what was asked for is taken
 * for lost: the estimator of RFC 6298, in nanoseconds.
 */
final class RoundTrip {

  /** Before anything was measured: longer than a network of ours, shorter than anybody notices. */
  private static final long FIRST_TIMEOUT_NS = 5_000_000;

  /**
   * Below it, queues that one's own window fills at 10 Gbit/s would be taken for losses, and what
   * is then asked for again fills them more. Measurements do not show them, since a late reply is
   * none.
   */
  private static final long MIN_TIMEOUT_NS = 1_000_000;

  /** A tenth of a second: a partition that has ended is noticed by then. */
  private static final long MAX_TIMEOUT_NS = 100_000_000;

  /** So that doubling ends before it overflows. */
  private static final int MAX_DOUBLINGS = 20;

  private long smoothedNs;
  private long variationNs;

  /** Takes one measurement, at least 1. */
  void measured(long nanoseconds) {
    if (smoothedNs == 0) {
      smoothedNs = nanoseconds;
      variationNs = nanoseconds / 2;
      return;
    }
    variationNs += (Math.abs(nanoseconds - smoothedNs) - variationNs) / 4;
    smoothedNs += (nanoseconds - smoothedNs) / 8;
  }

  /** How long to wait when {@code timeouts} waits in a row were in vain. */
  long timeoutNs(int timeouts) {
    long once = smoothedNs == 0 ? FIRST_TIMEOUT_NS : smoothedNs + 4 * variationNs;
    long doubled = Math.max(once, MIN_TIMEOUT_NS) << Math.min(timeouts, MAX_DOUBLINGS);
    return Math.min(doubled, MAX_TIMEOUT_NS);
  }
}
