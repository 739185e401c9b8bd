package io.myrixen.driver.service;

import io.myrixen.netback.Netback;
import io.myrixen.netback.NetbackCounters;
import io.myrixen.netback.NicBells;
import io.myrixen.nic.Nic;
import io.myrixen.nic.NicControl;
import io.myrixen.xen.Domain;
import io.myrixen.xen.Waiter;
import java.nio.file.Path;

/**
 * What makes a domain, of whichever substrate, a driver domain: a NIC and netback, each on a daemon
 * thread of its own, asleep while no VM wants anything.
 */
public final class DriverThreads implements AutoCloseable {

  private final Nic nic;
  private final Netback netback;
  private final Waiter nicWaiter;
  private final Waiter netbackWaiter;
  private final ServiceThread nicThread;
  private final ServiceThread netbackThread;
  private final IdleTime nicTime;

  /**
   * Begins to serve the devices whose backend is {@code domain}, once {@link #start} is called.
   *
   * @param domain stays the caller's; where it ends first, the threads end by themselves
   * @param onFailure called on a thread that ends of a fault of ours, or because the domain ended
   */
  public DriverThreads(Domain domain, DriverDomainContext context, Runnable onFailure) {
    this.nicWaiter = domain.newWaiter();
    this.netbackWaiter = domain.newWaiter();
    NicBells bells = new NicBells(nicWaiter);
    this.nic = new Nic(context.nic(), nicWaiter::wakeUp);
    this.netback = new Netback(domain, nic, bells, context.netback(), netbackWaiter);
    var nicLoop = new NicLoop(nic, bells, nicWaiter, context);
    var netbackLoop = new NetbackLoop(netback, netbackWaiter, context);
    this.nicTime = nicLoop.time();
    this.nicThread = new ServiceThread("nic", nicLoop, domain, onFailure);
    this.netbackThread = new ServiceThread("netback", netbackLoop, domain, onFailure);
  }

  /**
   * Gives boards to native processes too, before {@link #start}; where domains are processes.
   *
   * @param socket where they connect
   * @throws io.myrixen.xen.XenException if nobody can listen there
   */
  public void serveNative(Path socket) {
    netback.serveNative(socket);
  }

  /** Starts both threads. Once. */
  public void start() {
    nicThread.start();
    netbackThread.start();
  }

  /** The NIC, to ask and to count. Any thread. */
  public NicControl nic() {
    return nic;
  }

  /** How long the NIC's thread has had nothing to do. Any thread. */
  IdleTime nicTime() {
    return nicTime;
  }

  /** What netback has counted. Any thread. */
  public NetbackCounters netbackCounters() {
    return netback.counters();
  }

  /**
   * Parts with every VM and waits for the end of both threads; with nobody if the domain has ended.
   * Idempotent. Any thread but these two.
   */
  @Override
  public synchronized void close() {
    netbackThread.stop();
    nicThread.stop();
    nicWaiter.close();
    netbackWaiter.close();
  }
}
