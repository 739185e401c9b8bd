package io.myrixen.netback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.control.ControlRequest.RegisterRegion;
import io.myrixen.mx.control.HandshakeKeys;
import io.myrixen.nic.Nic;
import io.myrixen.nic.NicContext;
import io.myrixen.xen.Domain;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.XenbusState;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How devices come and go, also those of a VM that keeps to no rule. */
final class BackendDeviceTest extends NetbackFixture {

  /** Where a ring's header has the front's sign of life. */
  private static final long FRONT_LIVES_OFFSET = 16;

  @Test
  void shouldOfferThenConnect() {
    assertEquals(XenbusState.INIT_WAIT, front.backendState());
    assertEquals("1", front.end.findPeer(front.store, HandshakeKeys.PROTOCOL_VERSION_MIN));

    front.writeConnected();
    step();

    assertEquals(XenbusState.CONNECTED, front.backendState());
    assertEquals(1, netback.counters().devices());
    waiter.await(0); // Takes the wake-up that came with the NIC's last answer.
    assertFalse(waiter.await(0), "nothing left to do");
  }

  @Test
  void shouldCloseTheDeviceWhenItsRingIsMalformed() {
    connect();
    assertSuccess(call(front.open(0)));
    front.ring.memory().set(ValueLayout.JAVA_INT, 0, 1000); // More than fit.
    front.channel.raise();
    step();

    assertEquals(XenbusState.CLOSED, front.backendState());
    assertTrue(front.backendError().contains("1000") || front.backendError().contains("claims"));
    assertEquals(1, netback.counters().deviceFaults());
    assertNothingPinned();
    assertEquals(List.of(), nic.peers());
  }

  @Test
  void shouldRefuseAFrontendOfAnotherVersion() {
    front.keys.put(HandshakeKeys.PROTOCOL_VERSION, "99");

    front.writeConnected();
    step();

    assertEquals(XenbusState.CLOSED, front.backendState());
    assertTrue(front.backendError().contains("protocol-version 99"), front.backendError());
    assertTrue(String.valueOf(toolstack.find(errorNode())).contains("protocol-version 99"));
  }

  @Test
  void shouldLeaveNoNodeOfARefusalWhenTheVmDies() {
    front.keys.put(HandshakeKeys.PROTOCOL_VERSION, "99");
    front.writeConnected();
    step();

    hypervisor.destroy(vm.domid());
    step();

    String errors = "/local/domain/%d/error/backend/mx/%d".formatted(driver.domid(), vm.domid());
    assertNull(toolstack.find(errors));
  }

  @Test
  void shouldRefuseARingThatIsNotGranted() {
    front.keys.put(HandshakeKeys.RING_REF, "4294967295");

    front.writeConnected();
    step();

    assertEquals(XenbusState.CLOSED, front.backendState());
    assertTrue(front.backendError().contains("ring cannot be used"), front.backendError());
    assertEquals(List.of(), nic.peers());
  }

  @Test
  void shouldConnectAgainWhenTheFrontendComesBack() {
    connect();
    assertSuccess(call(front.open(0)));
    front.end.writeState(front.store, XenbusState.CLOSING);
    step();
    assertEquals(XenbusState.CLOSED, front.backendState());
    assertNothingPinned();

    front.end.writeState(front.store, XenbusState.CLOSED);
    step();
    front.end.writeState(front.store, XenbusState.INITIALISING);
    step();
    front = new HandFrontend(vm, nodes);
    connect();

    assertSuccess(call(front.open(0)));
  }

  @Test
  void shouldLetGoWhenTheFrontendIsReborn() {
    connect();
    assertSuccess(call(front.open(0)));

    front.end.writeState(front.store, XenbusState.INITIALISING);
    step();

    assertEquals(XenbusState.INIT_WAIT, front.backendState());
    assertNothingPinned();
    front = new HandFrontend(vm, nodes);
    connect();
  }

  /** What the kernel does on Xen when it buries the process. */
  @Test
  void shouldCloseTheDeviceWhenTheFrontendsSignOfLifeGoes() {
    connect();
    assertSuccess(call(front.open(0)));

    front.ringPage.memory().set(ValueLayout.JAVA_BYTE, FRONT_LIVES_OFFSET, (byte) 0);
    front.channel.raise();
    step();

    assertEquals(XenbusState.CLOSED, front.backendState());
    assertNothingPinned();
    assertEquals(List.of(), nic.peers());
    front.end.writeState(front.store, XenbusState.INITIALISING);
    step();
    front = new HandFrontend(vm, nodes);
    connect();
  }

  @Test
  void shouldCloseTheDeviceOfAFrontendThatDiedBeforeItsRingWasMapped() {
    front.ringPage.memory().set(ValueLayout.JAVA_BYTE, FRONT_LIVES_OFFSET, (byte) 0);

    front.writeConnected();
    step();

    assertEquals(XenbusState.CLOSED, front.backendState());
    assertEquals(0, hypervisor.counters().mappingsNow());
    assertEquals(List.of(), nic.peers());
  }

  /** As on Xen, where a driver domain outlives the process that is its backend. */
  @Test
  void shouldBeginAnewWithAFrontendThatAnEarlierProcessOfThisDomainServed() {
    connect();
    netback.close();
    Nic fresh = new Nic(NicContext.fromSystemProperties(), () -> {});
    try (Netback second = netback(fresh)) {
      settle(second, fresh);
      assertEquals(XenbusState.INITIALISING, front.backendState());

      front.end.writeState(front.store, XenbusState.INITIALISING);
      settle(second, fresh);
      assertEquals(XenbusState.INIT_WAIT, front.backendState());
      front = new HandFrontend(vm, nodes);
      front.writeConnected();
      settle(second, fresh);

      assertEquals(XenbusState.CONNECTED, front.backendState());
      assertEquals(1, second.counters().devices());
    }
  }

  @Test
  void shouldReleaseEverythingAndItsNodesWhenTheVmDies() {
    connect();
    assertSuccess(call(front.open(0)));
    assertSuccess(call(new RegisterRegion(0, session(0), 3, front.offer(3).list(), true)));

    hypervisor.destroy(vm.domid());
    step();

    assertNothingPinned();
    assertEquals(0, netback.counters().devices());
    assertEquals(0, hypervisor.counters().mappingsNow());
    assertEquals(0, hypervisor.counters().portsNow());
    assertNull(toolstack.find(nodes.backend() + "/state"));
    assertNull(toolstack.find(errorNode()));
    assertEquals(List.of(), nic.peers());
  }

  /** As on Xen, where the domid stays the same. */
  @Test
  void shouldBeginAnewWithAFrontendThatAnEarlierProcessPartedWith() {
    connect();
    netback.shutDown();
    step();
    front.end.writeState(front.store, XenbusState.CLOSED);
    netback.close();

    try (Netback second = netback(nic)) {
      settle(second, nic);
      assertEquals(XenbusState.INITIALISING, front.backendState(), "the frontend's turn");
      front.end.writeState(front.store, XenbusState.INITIALISING);
      settle(second, nic);
      assertEquals(XenbusState.INIT_WAIT, front.backendState());
    }
  }

  @Test
  void shouldGoOnTakingADeviceAwayThatAnEarlierProcessServed() {
    connect();
    netback.close();
    tree.requestUnplug(nodes);
    front.end.writeState(front.store, XenbusState.CLOSED);

    try (Netback second = netback(nic)) {
      settle(second, nic);
      assertNull(toolstack.find(nodes.backend() + "/state"));
    }
  }

  @Test
  void shouldUnplugWhileAnotherDeviceGoesOn() {
    connect();
    DeviceNodes second = new DeviceNodes(vm.domid(), driver.domid(), 1);
    MxDevices.create(tree, second, "vm:1", 1);
    step();
    HandFrontend leaving = new HandFrontend(vm, second);
    leaving.writeConnected();
    step();
    assertEquals(2, netback.counters().devices());

    tree.requestUnplug(second);
    step();
    leaving.end.writeState(leaving.store, XenbusState.CLOSED);
    step();

    assertEquals(1, netback.counters().devices());
    assertNull(toolstack.find(second.backend() + "/state"));
    assertSuccess(call(front.open(0)));
  }

  @Test
  void shouldRefuseMoreDevicesThanTheQuota() {
    for (int id = 1; id <= 2; id++) {
      MxDevices.create(tree, new DeviceNodes(vm.domid(), driver.domid(), id), "vm:" + id, 1);
    }
    step();

    DeviceNodes third = new DeviceNodes(vm.domid(), driver.domid(), 2);
    assertEquals("6", toolstack.find(third.backend() + "/state"));
    assertTrue(
        String.valueOf(toolstack.find(third.backend() + "/error")).contains("quota of 2 devices"));
  }

  @Test
  void shouldTakeARefusedDeviceOnWhenAnotherHasGone() {
    for (int id = 1; id <= 2; id++) {
      MxDevices.create(tree, new DeviceNodes(vm.domid(), driver.domid(), id), "vm:" + id, 1);
    }
    step();
    DeviceNodes third = new DeviceNodes(vm.domid(), driver.domid(), 2);
    assertEquals("6", toolstack.find(third.backend() + "/state"));

    tree.remove(new DeviceNodes(vm.domid(), driver.domid(), 1));
    step();

    assertEquals("2", toolstack.find(third.backend() + "/state"));
    connect();
  }

  @Test
  void shouldOutliveValuesOfAbsurdLengthAndContent() {
    for (String key :
        List.of(
            HandshakeKeys.PROTOCOL_VERSION,
            HandshakeKeys.WINDOW_VERSION,
            HandshakeKeys.RING_REF,
            HandshakeKeys.EVENT_CHANNEL,
            "backend")) {
      DeviceNodes other = new DeviceNodes(vm.domid(), driver.domid(), 1);
      MxDevices.create(tree, other, "vm:1", 1);
      if (key.equals("backend")) {
        front.store.write(other.frontend() + "/backend", "\n" + "x".repeat(1950));
      }
      step();
      HandFrontend hostile = new HandFrontend(vm, other);
      hostile.keys.put(key, "\n" + "9".repeat(1950));
      hostile.writeConnected();
      step();

      assertEquals(XenbusState.CLOSED, hostile.backendState(), key);
      assertTrue(hostile.backendError().contains(key), hostile.backendError());
      assertTrue(hostile.backendError().length() < 300, hostile.backendError());
      assertFalse(hostile.backendError().contains("\n"), "a log line is one line");
      tree.remove(other);
      step();
    }
    connect();
  }

  @Test
  void shouldServeTheOthersWhenTheStoreRefusesADevice() {
    Domain greedy = hypervisor.createDomain("greedy");
    for (int id = 0; id < 140; id++) { // The store allows a driver domain 128 watches.
      MxDevices.create(
          tree, new DeviceNodes(greedy.domid(), driver.domid(), id), "greedy:" + id, 1);
    }
    step();

    connect();

    assertSuccess(call(front.open(0)));
  }

  @Test
  void shouldEndWhenTheStoreIsGone() {
    hypervisor.destroy(driver.domid());

    assertTrue(waiter.await(0), "a dead connection wakes for ever");
    XenStoreException gone = assertThrows(XenStoreException.class, netback::doWork);
    assertEquals("EIO", gone.error());
  }

  @Test
  void shouldRefuseADeviceWithoutABoard() {
    DeviceNodes blank = new DeviceNodes(vm.domid(), driver.domid(), 1);

    tree.create(blank, Map.of(), Map.of("nic-id", "xyz", "name", "vm:1"));
    step();

    assertEquals("6", toolstack.find(blank.backend() + "/state"));
    assertTrue(String.valueOf(toolstack.find(blank.backend() + "/error")).contains("xyz"));
  }

  @Test
  void shouldRefuseADeviceThatIsNeitherRelayedNorNot() {
    toolstack.write(nodes.backend() + "/" + HandshakeKeys.RELAYED, "2");

    front.writeConnected();
    step();

    assertEquals(XenbusState.CLOSED, front.backendState());
    assertEquals("relayed must be 0 or 1: 2", front.backendError());
  }
}
