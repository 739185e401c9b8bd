package io.myrixen.driver.service;

import io.myrixen.netback.Netback;
import io.myrixen.xen.Waiter;

/** Runs netback on a thread of its own, asleep whenever no VM asks for anything. */
final class NetbackLoop implements ServiceThread.Loop {

  /** Bounds the sleep, so that a dead hypervisor is noticed without any event. */
  private static final long LONGEST_SLEEP_NS = 1_000_000_000;

  /** How long VMs have to part at the end: their netfronts answer within milliseconds, or never. */
  private static final long PARTING_NS = 2_000_000_000;

  private static final long PARTING_STEP_NS = 10_000_000;

  private final Netback netback;
  private final Waiter waiter;
  private volatile boolean running = true;

  NetbackLoop(Netback netback, Waiter waiter) {
    this.netback = netback;
    this.waiter = waiter;
  }

  @Override
  public void run() {
    while (running) {
      if (netback.doWork() == 0) {
        waiter.await(LONGEST_SLEEP_NS);
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

  /** Begins to part with every VM; {@link #run} ends soon after. Any thread. */
  @Override
  public void stop() {
    running = false;
    waiter.wakeUp();
  }
}
