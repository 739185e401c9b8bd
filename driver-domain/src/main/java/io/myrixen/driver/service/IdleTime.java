package io.myrixen.driver.service;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a thread has had nothing to do, told by that thread at the begin and the end of each
 * time, read by any. A time under way counts up to now.
 */
final class IdleTime {

  private final long startNs;

  /**
   * While there is work: all idle nanoseconds. While idle: the complement of when it would have
   * begun, had it been in one piece until now. One word, so that no reader sees half a change.
   */
  private final AtomicLong word = new AtomicLong();

  /** Begins with work to do. */
  IdleTime(long startNs) {
    this.startNs = startNs;
  }

  /** The thread's own, while it has work: it has none any more. */
  void begin(long nowNs) {
    word.setRelease(~(nowNs - startNs - word.getPlain()));
  }

  /** The thread's own, while it is idle: there is work. */
  void end(long nowNs) {
    word.setRelease(nowNs - startNs - ~word.getPlain());
  }

  /** Nanoseconds since the start. Any thread. */
  long runNs(long nowNs) {
    return nowNs - startNs;
  }

  /** Nanoseconds without work since the start. Any thread. */
  long idleNs(long nowNs) {
    long read = word.getAcquire();
    return read >= 0 ? read : nowNs - startNs - ~read;
  }
}
