package io.myrixen.tests.split;

import io.myrixen.driver.service.DriverDomainContext;
import io.myrixen.driver.service.DriverThreads;
import io.myrixen.netback.MxDevices;
import io.myrixen.xen.Domain;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.local.Hypervisor;

/** A driver domain with the threads that it has in service, for VMs that a test makes itself. */
final class ThreadedWorld implements AutoCloseable {

  final Hypervisor hypervisor = new Hypervisor();
  private final DeviceTree tree = new DeviceTree(hypervisor.toolstackStore());
  private final Domain driver = hypervisor.createDomain("driver");
  private final DriverThreads threads =
      new DriverThreads(driver, DriverDomainContext.fromSystemProperties(), () -> {});

  ThreadedWorld() {
    threads.start();
  }

  Domain createVm(String name) {
    Domain vm = hypervisor.createDomain(name);
    MxDevices.create(tree, new DeviceNodes(vm.domid(), driver.domid(), 0), name + ":0", 1);
    return vm;
  }

  /** Ends the driver domain as a kill does: without a word to anybody. */
  void killDriver() {
    driver.close();
    threads.close();
  }

  @Override
  public void close() {
    killDriver();
    hypervisor.close();
  }
}
