package io.myrixen.tests.host;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.myrixen.driver.hypervisor.HypervisorService;
import io.myrixen.driver.service.DriverDomain;
import io.myrixen.driver.service.DriverDomainContext;
import io.myrixen.netback.MxDevices;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.host.HostDomain;
import io.myrixen.xen.host.HostToolstack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A hypervisor service, a driver domain with its threads, and VMs: one process, many domains. */
final class HostWorld implements AutoCloseable {

  final HypervisorService hypervisor;
  final HostToolstack toolstack;
  final DeviceTree tree;

  /** Threads of driver domains that ended of themselves. */
  final AtomicInteger failures = new AtomicInteger();

  DriverDomain driver;
  private final XenStore store;
  private final List<HostDomain> vms = new ArrayList<>();

  HostWorld(Path runDirectory) {
    hypervisor = HypervisorService.start(runDirectory);
    toolstack = HostToolstack.connect(runDirectory);
    store = toolstack.openStore();
    tree = new DeviceTree(store);
    driver = startDriver();
  }

  DriverDomain startDriver() {
    return DriverDomain.start(
        hypervisor.runDirectory(),
        DriverDomainContext.fromSystemProperties(),
        failures::incrementAndGet);
  }

  /** Makes a VM with so many devices, and becomes it until this is closed. */
  HostDomain createVm(String name, int devices) {
    HostToolstack.Ticket ticket = toolstack.createDomain(name);
    for (int device = 0; device < devices; device++) {
      plug(ticket.domid(), device, name);
    }
    HostDomain vm = HostDomain.attach(ticket.tokenFile());
    vms.add(vm);
    return vm;
  }

  DeviceNodes plug(int domid, int device, String name) {
    DeviceNodes nodes = new DeviceNodes(domid, driver.domid(), device);
    MxDevices.create(tree, nodes, name + ":" + device, 1);
    return nodes;
  }

  /** Waits until the hypervisor holds nothing for anybody: what is held comes back to none. */
  void assertNothingLeft() {
    await()
        .atMost(10, SECONDS)
        .untilAsserted(() -> {
          var counters = toolstack.counters();
          assertEquals(0, counters.grantedPagesNow(), "granted pages");
          assertEquals(0, counters.mappingsNow(), "mappings");
          assertEquals(0, counters.portsNow(), "ports");
        });
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().startsWith("netfront-")));
  }

  @Override
  public void close() {
    vms.forEach(HostDomain::close);
    driver.close();
    store.close();
    toolstack.close();
    hypervisor.close();
  }
}
