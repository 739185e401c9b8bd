package io.myrixen.mx.endpoint;

/**
 * When something is due next: a bound, no list. Each deadline is kept by whom it concerns; once the
 * bound has passed all are looked at, which is seldom, since the shortest is 1/64 s.
 */
final class Timers {

  /** Far enough for a wait that nothing but an event ends, and safe to add to any clock. */
  static final long NEVER_NS = 1L << 61;

  private final Engine engine;
  private long nextNs;

  Timers(Engine engine, long nowNs) {
    this.engine = engine;
    nextNs = nowNs + NEVER_NS;
  }

  /** Makes sure that {@link #run} looks at {@code deadlineNs}. */
  void note(long deadlineNs) {
    if (deadlineNs - nextNs < 0) {
      nextNs = deadlineNs;
    }
  }

  /** Nanoseconds until something may be due, 0 if it is. */
  long remainingNs(long nowNs) {
    return Math.max(0, nextNs - nowNs);
  }

  /** Does what is due. */
  void run(long nowNs) {
    if (nowNs - nextNs < 0) {
      return;
    }
    nextNs = nowNs + NEVER_NS;
    for (int i = engine.partners.count() - 1; i >= 0; i--) { // One that dies may be replaced.
      Partner partner = engine.partners.get(i);
      if (partner.death == null) {
        engine.acks.runTimer(partner, nowNs);
        engine.resends.runTimer(partner, nowNs);
        engine.liveness.runTimer(partner, nowNs);
      }
    }
    engine.connector.runTimers(nowNs);
    engine.deadlines.runTimers(nowNs);
    engine.inquiry.answer(Wait.CALLING);
  }
}
