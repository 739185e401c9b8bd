package io.myrixen.driver.service;

import io.myrixen.netback.NicBells;
import io.myrixen.nic.Nic;
import io.myrixen.xen.Waiter;

/**
 * Runs the NIC on a thread of its own. Without work it looks again and again, as {@link Nic#idle}
 * does between looks, and after the idle budget it sleeps until a VM rings.
 */
final class NicLoop implements ServiceThread.Loop {

  /** Bounds the sleep, so that a lost wake-up, should there ever be one, is not for ever. */
  private static final long LONGEST_SLEEP_NS = 1_000_000_000;

  private final Nic nic;
  private final NicBells bells;
  private final Waiter waiter;
  private final IdleBudget budget;
  private volatile boolean running = true;

  NicLoop(Nic nic, NicBells bells, Waiter waiter, DriverDomainContext context) {
    this.nic = nic;
    this.bells = bells;
    this.waiter = waiter;
    this.budget = new IdleBudget(context.idleBudgetNs());
  }

  @Override
  public void run() {
    while (running) {
      if (nic.doWork() + bells.doWork() > 0) {
        budget.renew();
      } else if (budget.spent()) {
        sleep();
      } else {
        nic.idle();
      }
    }
    nic.onClose();
    bells.doWork();
  }

  private void sleep() {
    if (nic.prepareToSleep()) {
      waiter.await(Math.min(LONGEST_SLEEP_NS, nic.longestSleepNs()));
      nic.awake();
      bells.drain();
    }
  }

  /** Ends {@link #run} after the duty cycle under way. Any thread. */
  @Override
  public void stop() {
    running = false;
    waiter.wakeUp();
  }
}
