package io.myrixen.mx.endpoint;

/**
 * How long acknowledgements take, as measured on one way to one partner, and the resend time-out
 * that follows (RFC 6298). The caller measures messages that travelled once (Karn); what a time-out
 * has doubled stays doubled until such a measurement comes.
 */
final class RoundTrip {

  /**
   * MX lets a receiver owe an acknowledgement for 1/64 s, which is no loss; a quarter more for the
   * pace at which it looks at its clock.
   */
  static final long FLOOR_NS = Acks.DELAY_NS + Acks.DELAY_NS / 4;

  /** A partner that has been away is noticed within a second of its return. */
  static final long CEILING_NS = 1_000_000_000L;

  /** Before anything is measured: well above any local network, and five times sooner than MX. */
  static final long FIRST_NS = 100_000_000L;

  private long smoothedNs;
  private long variationNs;
  private long leastNs = Long.MAX_VALUE;
  private int doublings;

  /** An acknowledgement took {@code ns} from the one transmission of what it acknowledges. */
  void measured(long ns) {
    if (leastNs == Long.MAX_VALUE) {
      smoothedNs = ns;
      variationNs = ns / 2;
    } else {
      variationNs += (Math.abs(smoothedNs - ns) - variationNs) / 4;
      smoothedNs += (ns - smoothedNs) / 8;
    }
    leastNs = Math.min(leastNs, ns);
    doublings = 0;
  }

  /** A time-out has passed: the next one is twice as long. */
  void timedOut() {
    if (timeoutNs() < CEILING_NS) {
      doublings++;
    }
  }

  /** How long to wait for an acknowledgement before sending again, in nanoseconds. */
  long timeoutNs() {
    long measuredNs = leastNs == Long.MAX_VALUE ? FIRST_NS : smoothedNs + 4 * variationNs;
    return Math.min(Math.max(measuredNs, FLOOR_NS) << doublings, CEILING_NS);
  }

  /**
   * The shortest of all measured, which no delayed acknowledgement lengthens: what is sent cannot
   * have been answered before. 0 if nothing has been measured.
   */
  long leastNs() {
    return leastNs == Long.MAX_VALUE ? 0 : leastNs;
  }
}
