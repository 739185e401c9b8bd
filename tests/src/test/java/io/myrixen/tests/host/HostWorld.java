package io.myrixen.tests.host;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.myrixen.driver.counters.CountersReader;
import io.myrixen.driver.hypervisor.HypervisorService;
import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.service.CounterNames;
import io.myrixen.driver.service.DriverDomain;
import io.myrixen.driver.service.DriverDomainContext;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.netback.MxDevices;
import io.myrixen.netback.NativeBoardNodes;
import io.myrixen.netfront.NativeBoards;
import io.myrixen.netfront.NetfrontContext;
import io.myrixen.netfront.VmBoards;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.host.HostDomain;
import io.myrixen.xen.host.HostToolstack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
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

  /** Opens the one board {@code name:0} of a process, by {@code way}. */
  BoardDriver open(BoardWay way, String name) {
    return switch (way) {
      case VM -> VmBoards.attach(createVm(name, 1));
      case RELAYED -> {
        HostToolstack.Ticket ticket = toolstack.createDomain(name);
        var nodes = new DeviceNodes(ticket.domid(), driver.domid(), 0);
        MxDevices.createRelayed(tree, nodes, name + ":0", 1);
        yield VmBoards.attach(attach(ticket));
      }
      case NATIVE ->
          NativeBoards.attach(nativeSocket(), name + ":0", NetfrontContext.fromSystemProperties());
    };
  }

  Path nativeSocket() {
    return hypervisor.runDirectory().resolve(NativeBoards.SOCKET);
  }

  /** Returns a counter of the driver domain's, taken after this call began. */
  long counter(String name) {
    Path file = hypervisor.runDirectory().resolve(CounterNames.FILE);
    try (CountersReader reader = CountersReader.open(file)) {
      return reader.readFresh(Duration.ofSeconds(10)).getOrDefault(name, 0L);
    } catch (IOException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes a VM with so many devices, and becomes it until this is closed. */
  HostDomain createVm(String name, int devices) {
    HostToolstack.Ticket ticket = toolstack.createDomain(name);
    for (int device = 0; device < devices; device++) {
      plug(ticket.domid(), device, name);
    }
    return attach(ticket);
  }

  private HostDomain attach(HostToolstack.Ticket ticket) {
    HostDomain vm = HostDomain.attach(ticket.tokenFile());
    vms.add(vm);
    return vm;
  }

  DeviceNodes plug(int domid, int device, String name) {
    DeviceNodes nodes = new DeviceNodes(domid, driver.domid(), device);
    MxDevices.create(tree, nodes, name + ":" + device, 1);
    return nodes;
  }

  /** Waits until nobody holds anything for anybody: what is held comes back to none. */
  void assertNothingLeft() {
    await()
        .atMost(10, SECONDS)
        .untilAsserted(() -> {
          var counters = toolstack.counters();
          assertEquals(0, counters.grantedPagesNow(), "granted pages");
          assertEquals(0, counters.mappingsNow(), "mappings");
          assertEquals(0, counters.portsNow(), "ports");
          assertEquals(0, counter("netback.endpoints"), "endpoints");
          assertEquals(0, counter("netback.pinned-pages"), "pinned pages");
          assertEquals(List.of(), NativeBoardNodes.read(store, driver.domid()));
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
