package io.myrixen.benchmark;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
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
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.local.Hypervisor;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.CachedNanoClock;

/** Two VMs with an endpoint each on one NIC, through the split driver, all in one thread. */
final class SteppedPair implements AutoCloseable {

  private static final int KEY = 7;
  private static final int ENDPOINT_ID = 1;

  private final Hypervisor hypervisor = new Hypervisor();
  private final CachedNanoClock clock = new CachedNanoClock();
  private final Domain driver = hypervisor.createDomain("driver");
  private final Waiter waiter = driver.newWaiter();
  private final NicBells bells = new NicBells(waiter);
  private final Nic nic = new Nic(NicContext.fromSystemProperties(), waiter::wakeUp);
  private final Netback netback =
      new Netback(driver, nic, bells, NetbackContext.fromSystemProperties(), driver.newWaiter());
  private final List<SteppedBoards> vms = new ArrayList<>();

  final Endpoint alice;
  final Endpoint bob;
  final EndpointAddress bobOfAlice;

  SteppedPair() {
    var tree = new DeviceTree(hypervisor.toolstackStore());
    for (String name : List.of("alice", "bob")) {
      Domain domain = hypervisor.createDomain(name);
      MxDevices.create(tree, new DeviceNodes(domain.domid(), driver.domid(), 0), name + ":0", 1);
      vms.add(new SteppedBoards(domain, clock, NetfrontContext.fromSystemProperties(), this::step));
    }
    while (!vms.stream().allMatch(SteppedBoards::allConnected)) {
      step();
    }
    EndpointOptions options = EndpointOptions.fromEnvironment().withBackgroundProgress(false);
    alice = Mx.init(vms.get(0)).openEndpoint(0, ENDPOINT_ID, KEY, options);
    bob = Mx.init(vms.get(1)).openEndpoint(0, ENDPOINT_ID, KEY, options);
    bobOfAlice = connect();
  }

  private EndpointAddress connect() {
    Request request = alice.newRequest();
    Status status = new Status();
    alice.iconnect(bob.board().nicId(), ENDPOINT_ID, KEY, 0, request);
    while (!alice.test(request, status)) {
      step();
      bob.progress();
    }
    return status.source();
  }

  private void step() {
    clock.update(System.nanoTime());
    nic();
    netback.doWork();
    vms.forEach(SteppedBoards::doWork);
  }

  /** A duty cycle of the NIC's thread. */
  void nic() {
    nic.doWork();
    bells.doWork();
  }

  /** Lets time pass. */
  void tick() {
    clock.update(System.nanoTime());
  }

  @Override
  public void close() {
    hypervisor.close();
  }
}
