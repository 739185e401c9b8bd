package io.myrixen.tests.split;

import io.myrixen.netback.MxDevices;
import io.myrixen.netback.Netback;
import io.myrixen.netback.NetbackContext;
import io.myrixen.netback.NicBells;
import io.myrixen.nic.Nic;
import io.myrixen.nic.NicContext;
import io.myrixen.xen.Domain;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.local.Hypervisor;
import java.util.concurrent.TimeUnit;

/** A driver domain with the threads that it has in service: one for the NIC, one for netback. */
final class ThreadedWorld {

  final Hypervisor hypervisor = new Hypervisor();
  final DeviceTree tree = new DeviceTree(hypervisor.toolstackStore());
  final Domain driver = hypervisor.createDomain("driver");
  final Nic nic;
  final Netback netback;
  private final Waiter nicWaiter = driver.newWaiter();
  private final Waiter netbackWaiter = driver.newWaiter();
  private final NicBells bells = new NicBells(nicWaiter);
  private final Thread nicThread = Thread.ofPlatform().name("nic").unstarted(this::runNic);
  private final Thread netbackThread =
      Thread.ofPlatform().name("netback").unstarted(this::runNetback);
  private volatile boolean stopping;

  ThreadedWorld() {
    nic = new Nic(NicContext.fromSystemProperties(), nicWaiter::wakeUp);
    netback = new Netback(driver, nic, bells, NetbackContext.fromSystemProperties(), netbackWaiter);
    nicThread.start();
    netbackThread.start();
  }

  Domain createVm(String name) {
    Domain vm = hypervisor.createDomain(name);
    MxDevices.create(tree, new DeviceNodes(vm.domid(), driver.domid(), 0), name + ":0", 1);
    return vm;
  }

  private void runNic() {
    while (!stopping) {
      if (bells.doWork() + nic.doWork() == 0 && nic.prepareToSleep()) {
        nicWaiter.await(Math.min(nic.longestSleepNs(), TimeUnit.SECONDS.toNanos(1)));
        nic.awake();
        bells.drain();
      }
    }
  }

  private void runNetback() {
    while (!stopping) {
      if (netback.doWork() == 0) {
        netbackWaiter.await(TimeUnit.SECONDS.toNanos(1));
      }
    }
  }

  /** Stops the driver domain's threads as a kill does: without a word to anybody. */
  void killDriver() throws InterruptedException {
    stopping = true;
    nicWaiter.wakeUp();
    netbackWaiter.wakeUp();
    nicThread.join();
    netbackThread.join();
  }

  void close() throws InterruptedException {
    killDriver();
    hypervisor.close();
  }
}
