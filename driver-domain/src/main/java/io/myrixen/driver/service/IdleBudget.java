package io.myrixen.driver.service;

/** How long a thread looks for work in vain before it sleeps. Confined to that thread. */
final class IdleBudget {

  private final long budgetNs;
  private boolean idle;
  private long sinceNs;

  /** Allows {@code budgetNs} nanoseconds each time. */
  IdleBudget(long budgetNs) {
    this.budgetNs = budgetNs;
  }

  /** There was work. */
  void renew() {
    idle = false;
  }

  /** Whether there was none, the last time. */
  boolean idle() {
    return idle;
  }

  /** There was none. Returns whether it is time to sleep, after which the budget is whole again. */
  boolean spent(long nowNs) {
    if (!idle) {
      idle = true;
      sinceNs = nowNs;
      return false;
    }
    idle = nowNs - sinceNs < budgetNs;
    return !idle;
  }
}
