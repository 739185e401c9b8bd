package io.myrixen.tests.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.board.Board;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.netback.MxDevices;
import io.myrixen.netback.Netback;
import io.myrixen.netback.NetbackContext;
import io.myrixen.netback.NicBells;
import io.myrixen.netfront.NetfrontContext;
import io.myrixen.netfront.SteppedBoards;
import io.myrixen.nic.Nic;
import io.myrixen.nic.NicContext;
import io.myrixen.xen.Domain;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.local.Hypervisor;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.CachedNanoClock;

/** A hypervisor, one driver domain and VMs, all stepped by the test's thread. */
final class World implements AutoCloseable {

  static final WindowGeometry GEOMETRY = WindowGeometry.SMALLEST;
  private static final long STEP_NS = 10_000;

  final Hypervisor hypervisor = new Hypervisor();
  final XenStore toolstack = hypervisor.toolstackStore();
  final DeviceTree tree = new DeviceTree(toolstack);
  final CachedNanoClock clock = new CachedNanoClock();
  final List<SteppedBoards> vms = new ArrayList<>();
  DriverDomain driver = new DriverDomain("driver");

  /** Whether the driver domain's turn comes at all. */
  boolean driverRuns = true;

  /** A driver domain's parts. */
  final class DriverDomain {
    final Domain domain;
    final Waiter nicWaiter;
    final NicBells bells;
    final Nic nic;
    final Netback netback;

    DriverDomain(String name) {
      domain = hypervisor.createDomain(name);
      nicWaiter = domain.newWaiter();
      bells = new NicBells(nicWaiter);
      nic = new Nic(NicContext.fromSystemProperties(), nicWaiter::wakeUp);
      netback =
          new Netback(
              domain, nic, bells, NetbackContext.fromSystemProperties(), domain.newWaiter());
    }

    void step() {
      bells.doWork();
      nic.doWork();
      netback.doWork();
    }
  }

  /** Makes a VM with one device. */
  Domain createVm(String name) {
    Domain domain = hypervisor.createDomain(name);
    MxDevices.create(tree, nodes(domain), name + ":0", 1);
    return domain;
  }

  DeviceNodes nodes(Domain vm) {
    return new DeviceNodes(vm.domid(), driver.domain.domid(), 0);
  }

  SteppedBoards attach(Domain domain) {
    SteppedBoards boards =
        new SteppedBoards(domain, clock, NetfrontContext.fromSystemProperties(), this::step);
    vms.add(boards);
    return boards;
  }

  Board connect(Domain domain) {
    SteppedBoards boards = attach(domain);
    stepUntilQuiet();
    assertTrue(boards.allConnected(), boards.status());
    return boards.boards().get(0);
  }

  void step() {
    clock.update(clock.nanoTime() + STEP_NS);
    if (driverRuns) {
      driver.step();
    }
    List.copyOf(vms).forEach(SteppedBoards::doWork);
  }

  /** Lets everybody work more often than any exchange in these tests takes. */
  void stepUntilQuiet() {
    for (int i = 0; i < 100; i++) {
      step();
    }
  }

  /** Asserts that only what every driver domain and VM has is held. */
  void assertNothingLeft() {
    stepUntilQuiet();
    var counters = hypervisor.counters();
    assertEquals(0, counters.grantedPagesNow(), "granted pages");
    assertEquals(0, counters.mappingsNow(), "mappings");
    assertEquals(0, counters.portsNow(), "ports");
    var netback = driver.netback.counters();
    assertEquals(0, netback.devices(), "devices");
    assertEquals(0, netback.endpoints(), "endpoints");
    assertEquals(0, netback.pinnedPages(), "pinned pages");
    assertEquals(List.of(), driver.nic.peers());
  }

  @Override
  public void close() {
    toolstack.close();
    hypervisor.close();
  }
}
