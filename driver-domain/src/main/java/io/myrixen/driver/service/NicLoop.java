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
  private final IdleTime time = new IdleTime(System.nanoTime());
  private volatile boolean running = true;

  NicLoop(Nic nic, NicBells bells, Waiter waiter, DriverDomainContext context) {
    this.nic = nic;
    this.bells = bells;
    this.waiter = waiter;
    this.budget = new IdleBudget(context.idleBudgetNs());
  }

  @Override
  public void run() {
    long lookedNs = 0;
    while (running) {
      if (nic.doWork() + bells.doWork() > 0) {
        if (budget.idle()) {
          time.end(lookedNs);
          budget.renew();
        }
      } else {
        if (!budget.idle()) {
          lookedNs = System.nanoTime();
          time.begin(lookedNs);
        }
        if (budget.spent(lookedNs)) {
          sleep();
          time.end(System.nanoTime());
        } else {
          nic.idle();
          lookedNs = System.nanoTime(); // A yield may have taken long.
        }
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

  /** How long it has had nothing to do. */
  IdleTime time() {
    return time;
  }

  /** Ends {@link #run} after the duty cycle under way. Any thread. */
  @Override
  public void stop() {
    running = false;
    waiter.wakeUp();
  }
}
