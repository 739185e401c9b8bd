package io.myrixen.netback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.Detail;
import io.myrixen.mx.control.RequestKind;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.nic.Nic;
import io.myrixen.nic.NicContext;
import io.myrixen.xen.Domain;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.bus.XenbusState;
import io.myrixen.xen.local.Hypervisor;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A driver domain with its NIC in the test's thread, and one VM with one device, driven by hand.
 */
abstract class NetbackFixture {

  static final int ENDPOINT_QUOTA = 2;
  static final int REGION_QUOTA = 2;
  static final int RUN_QUOTA = 8;
  static final int PAGE_QUOTA = 2 * HandFrontend.WINDOW_PAGES + 8;

  final Hypervisor hypervisor = new Hypervisor();
  final XenStore toolstack = hypervisor.toolstackStore();
  final DeviceTree tree = new DeviceTree(toolstack);
  final Domain driver = hypervisor.createDomain("driver");
  final Waiter waiter = driver.newWaiter();
  final NicBells bells = new NicBells(driver.newWaiter());
  final Nic nic = new Nic(NicContext.fromSystemProperties(), () -> {});
  final Domain vm = hypervisor.createDomain("vm");
  final DeviceNodes nodes = new DeviceNodes(vm.domid(), driver.domid(), 0);
  final Netback netback = netback(nic);
  final Map<Integer, Integer> sessions = new HashMap<>();
  HandFrontend front = new HandFrontend(vm, nodes);

  @BeforeEach
  void makeDevice() {
    MxDevices.create(tree, nodes, "vm:0", 1);
    step();
  }

  @AfterEach
  void close() {
    netback.close();
    hypervisor.close();
  }

  void connect() {
    front.writeConnected();
    step();
    assertEquals(XenbusState.CONNECTED, front.backendState());
  }

  ControlResponse call(ControlRequest request) {
    int requestId = front.send(request);
    step();
    ControlResponse answer = front.answer();
    assertEquals(requestId, answer.requestId());
    assertEquals(request.kind().code(), answer.kindCode());
    if (answer.result() instanceof ControlResponse.Opened opened) {
      sessions.put(opened.endpointId(), opened.session());
    }
    return answer;
  }

  int session(int endpointId) {
    return sessions.getOrDefault(endpointId, 0);
  }

  /** Makes a netback of the driver domain. */
  final Netback netback(Nic nic) {
    var context =
        new NetbackContext(
            2, 16, ENDPOINT_QUOTA, REGION_QUOTA, PAGE_QUOTA, RUN_QUOTA, WindowGeometry.DEFAULT, 16);
    return new Netback(driver, nic, bells, context, waiter);
  }

  /** Lets netback and the NIC do all there is to do. */
  void step() {
    settle(netback, nic);
  }

  /** As {@link #step}, with a netback and a NIC that came later. */
  void settle(Netback serving, Nic its) {
    int work = 1;
    for (int i = 0; i < 100 && work > 0; i++) {
      work = bells.doWork() + its.doWork() + serving.doWork();
    }
    assertEquals(0, work, "netback comes to rest");
  }

  long count(RequestKind kind) {
    return netback.counters().requestsByKind().getOrDefault(kind, 0L);
  }

  String errorNode() {
    return "/local/domain/%d/error/backend/mx/%d/0/error".formatted(driver.domid(), vm.domid());
  }

  void assertNothingPinned() {
    assertEquals(0, netback.counters().pinnedPages());
    assertEquals(0, netback.counters().endpoints());
  }

  static void assertSuccess(ControlResponse answer) {
    assertEquals(ReturnCode.SUCCESS, answer.code(), answer.toString());
  }

  static void assertRefused(ControlResponse answer, ReturnCode code, Detail detail, long value) {
    assertEquals(code, answer.code(), answer.toString());
    assertEquals(detail.code(), answer.detailCode(), answer.toString());
    assertEquals(value, answer.value(), answer.toString());
  }
}
