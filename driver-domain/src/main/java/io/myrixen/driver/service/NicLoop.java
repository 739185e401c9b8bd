package io.myrixen.driver.service;

import io.myrixen.netback.NicBells;
import io.myrixen.nic.Nic;
import io.myrixen.xen.Waiter;

/**
 * Runs the NIC on a thread of its own. Without work it pauses between looks, then yields, since
 * whoever gives it work may need this core, and after the idle budget it sleeps until a VM rings.
 */
final class NicLoop implements ServiceThread.Loop {

  /** Bounds the sleep, so that a lost wake-up, should there ever be one, is not for ever. */
  private static final long LONGEST_SLEEP_NS = 1_000_000_000;

  private final Nic nic;
  private final NicBells bells;
  private final Waiter waiter;
  private final int idlePauses;
  private final long idleBudgetNs;
  private volatile boolean running = true;

  NicLoop(Nic nic, NicBells bells, Waiter waiter, DriverDomainContext context) {
    this.nic = nic;
    this.bells = bells;
    this.waiter = waiter;
    this.idlePauses = context.idlePauses();
    this.idleBudgetNs = context.idleBudgetNs();
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // Yielding is measured: see the defaults of the context.
  public void run() {
    int idleLooks = 0;
    long idleSinceNs = 0;
    while (running) {
      if (nic.doWork() + bells.doWork() > 0) {
        idleLooks = 0;
      } else if (idleLooks < idlePauses) {
        idleLooks++;
        Thread.onSpinWait();
      } else if (idleLooks == idlePauses) {
        idleLooks++;
        idleSinceNs = System.nanoTime();
        Thread.yield();
      } else if (System.nanoTime() - idleSinceNs < idleBudgetNs) {
        Thread.yield();
      } else {
        sleep();
        idleLooks = 0;
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
