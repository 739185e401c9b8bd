package io.myrixen.driver.service;

import io.myrixen.mx.idle.SpinOrYield;
import io.myrixen.netback.Netback;
import io.myrixen.xen.Waiter;

/**
 * Runs netback on a thread of its own, asleep whenever no VM asks for anything. While messages of
 * relayed boards pass through netback, it looks as long for the next one as the NIC does.
 */
final class NetbackLoop implements ServiceThread.Loop {

  /** Bounds the sleep, so that a dead hypervisor is noticed without any event. */
  private static final long LONGEST_SLEEP_NS = 1_000_000_000;

  /** How long VMs have to part at the end: their netfronts answer within milliseconds, or never. */
  private static final long PARTING_NS = 2_000_000_000;

  private static final long PARTING_STEP_NS = 10_000_000;

  private final Netback netback;
  private final Waiter waiter;
  private final IdleBudget budget;
  private final SpinOrYield idle;
  private volatile boolean running = true;

  NetbackLoop(Netback netback, Waiter waiter, DriverDomainContext context) {
    this.netback = netback;
    this.waiter = waiter;
    this.budget = new IdleBudget(context.idleBudgetNs());
    this.idle = new SpinOrYield(context.nic().idleSpins());
  }

  @Override
  public void run() {
    while (running) {
      if (netback.doWork() > 0) {
        idle.found();
        budget.renew();
      } else if (!netback.relaying() || budget.spent(System.nanoTime())) {
        sleep();
        idle.begin();
      } else {
        idle.idle();
      }
    }
    netback.shutDown();
    long startNs = System.nanoTime();
    while (!netback.idle() && System.nanoTime() - startNs < PARTING_NS) {
      if (netback.doWork() == 0) {
        waiter.await(PARTING_STEP_NS);
      }
    }
    netback.close();
  }

  private void sleep() {
    if (netback.prepareToSleep()) {
      waiter.await(Math.min(LONGEST_SLEEP_NS, netback.longestSleepNs()));
      netback.awake();
    }
  }

  /** Begins to part with every VM; {@link #run} ends soon after. Any thread. */
  @Override
  public void stop() {
    running = false;
    waiter.wakeUp();
  }
}
