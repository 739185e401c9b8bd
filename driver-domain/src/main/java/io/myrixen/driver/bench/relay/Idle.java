package io.myrixen.driver.bench.relay;

/** What a process does between two looks in vain: pauses, and after so many of them it yields. */
final class Idle {

  private final int pauses;
  private int looks;

  Idle(int pauses) {
    this.pauses = pauses;
  }

  /** Something was there. */
  void reset() {
    looks = 0;
  }

  /** Nothing was there. */
  @SuppressWarnings("ThreadPriorityCheck") // Three processes may have two processors.
  void pause() {
    if (looks < pauses) {
      looks++;
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}
