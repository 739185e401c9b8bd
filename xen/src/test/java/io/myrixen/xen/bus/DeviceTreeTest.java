package io.myrixen.xen.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.StorePermission.Access;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.store.LocalXenStore;
import io.myrixen.xen.store.Store;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceTreeTest {

  private static final int DRIVER = 1;
  private static final int GUEST = 2;
  private static final int STRANGER = 3;
  private static final int NEXT_DRIVER = 4;
  private static final DeviceNodes DEVICE = new DeviceNodes(GUEST, DRIVER, 0);

  private final Store store = new Store();
  private final XenStore dom0 = open(0);
  private final DeviceTree tree = new DeviceTree(dom0);

  private XenStore open(int domid) {
    return new LocalXenStore(store, this, domid, domid == 0, () -> {});
  }

  @BeforeEach
  void startDomains() {
    for (int domid : List.of(DRIVER, GUEST, STRANGER, NEXT_DRIVER)) {
      store.introduce(domid);
      DomainNodes.create(dom0, domid, "domain-" + domid);
    }
    tree.create(DEVICE, Map.of("mac", "02:00"), Map.of("weight", "7"));
  }

  private static void assertDenied(Runnable request) {
    assertEquals("EACCES", assertThrows(XenStoreException.class, request::run).error());
  }

  @Test
  void shouldGiveEachEndItsNodesAndTheOtherASightOfThem() {
    XenStore guest = open(GUEST);
    XenStore driver = open(DRIVER);

    assertEquals(
        List.of(new StorePermission(GUEST, Access.NONE), new StorePermission(DRIVER, Access.READ)),
        dom0.permissions("/local/domain/2/device/mx/0"));
    assertEquals(
        List.of(new StorePermission(DRIVER, Access.NONE), new StorePermission(GUEST, Access.READ)),
        dom0.permissions("/local/domain/1/backend/mx/2/0/state"));
    assertEquals("02:00", DeviceEnd.backend(DEVICE).findPeer(driver, "mac"));
    assertEquals("7", DeviceEnd.frontend(DEVICE).findPeer(guest, "weight"));
    assertTrue(DeviceEnd.backend(DEVICE).online(driver));
    assertEquals("/local/domain/1/backend/mx/2/0", guest.read("device/mx/0/backend"));
    guest.write("data/own", "1");
    assertDenied(() -> guest.write(DEVICE.backend() + "/state", "4"));
    assertDenied(() -> driver.write(DEVICE.frontend() + "/state", "4"));
    assertDenied(() -> guest.mkdir("device/mx/1"));
    assertDenied(() -> open(STRANGER).read(DEVICE.frontend() + "/mac"));
    assertDenied(() -> open(STRANGER).list("/local/domain/1/backend/mx"));
  }

  @Test
  void shouldLetTheBackendCleanUpWhereTheDirectoryAboveIsTheToolstacks() {
    String backends = "/local/domain/" + NEXT_DRIVER + "/backend";
    dom0.mkdir(backends);
    dom0.setPermissions(
        backends,
        List.of(
            new StorePermission(0, Access.NONE), new StorePermission(NEXT_DRIVER, Access.READ)));
    DeviceNodes second = new DeviceNodes(GUEST, NEXT_DRIVER, 1);
    tree.create(second, Map.of(), Map.of());
    XenStore driver = open(NEXT_DRIVER);

    driver.remove(second.backend());
    driver.remove(second.backendsOfFrontend());

    assertEquals(List.of(), driver.list("backend/mx"));
  }

  @Test
  void shouldFindDevicesFromEveryEnd() {
    DeviceNodes second = new DeviceNodes(GUEST, DRIVER, 1);
    tree.create(second, Map.of(), Map.of());

    assertEquals(List.of(DEVICE, second), tree.devices());
    assertEquals(List.of(DEVICE, second), DeviceNodes.frontendsOf(open(GUEST), GUEST));
    assertEquals(List.of(DEVICE, second), DeviceNodes.backendsOf(open(DRIVER), DRIVER));
    assertEquals(List.of(), tree.devicesOf(STRANGER));
    assertNull(DeviceNodes.findFrontend(open(GUEST), GUEST, 7));
  }

  @Test
  void shouldNeverBringBackADeviceThatWasRemoved() {
    XenStore guest = open(GUEST);
    DeviceEnd end = DeviceEnd.frontend(DEVICE);
    assertTrue(end.publish(guest, Map.of("ring-ref", "8"), XenbusState.CONNECTED));
    assertEquals("8", DeviceEnd.backend(DEVICE).findPeer(open(DRIVER), "ring-ref"));

    tree.remove(DEVICE);

    assertFalse(end.publish(guest, Map.of("ring-ref", "9"), XenbusState.CONNECTED));
    assertEquals(XenbusState.UNKNOWN, end.state(guest));
    assertEquals(XenbusState.UNKNOWN, end.peerState(guest));
    assertEquals(List.of(), tree.devices());
    assertNull(dom0.find("/local/domain/1/backend/mx/2"));
    assertNull(dom0.find("/libxl/2"));
  }

  @Test
  void shouldWriteAStateOnlyWhenItDiffers() {
    XenStore guest = open(GUEST);
    XenStore driver = open(DRIVER);
    DeviceEnd end = DeviceEnd.frontend(DEVICE);
    end.writeState(guest, XenbusState.CONNECTED);
    driver.watch(DeviceEnd.backend(DEVICE).peerStatePath(), "t");
    assertNotNull(driver.pollWatch());

    assertTrue(end.writeState(guest, XenbusState.CONNECTED));

    assertNull(driver.pollWatch());
  }

  @Test
  void shouldAskBothEndsWhenADeviceIsUnplugged() {
    assertTrue(tree.requestUnplug(DEVICE));

    assertEquals(XenbusState.CLOSING, DeviceEnd.frontend(DEVICE).peerState(open(GUEST)));
    assertFalse(DeviceEnd.backend(DEVICE).online(open(DRIVER)));
    DeviceEnd.backend(DEVICE).writeState(open(DRIVER), XenbusState.CLOSED);
    tree.requestUnplug(DEVICE);
    assertEquals(XenbusState.CLOSED, DeviceEnd.backend(DEVICE).state(dom0));
    tree.remove(DEVICE);
    assertFalse(tree.requestUnplug(DEVICE));
  }

  @Test
  void shouldLetTheBackendRemoveItsOwnSideWhenTheFrontendDied() {
    XenStore driver = open(DRIVER);
    DeviceEnd end = DeviceEnd.backend(DEVICE);
    driver.watch(end.peerStatePath(), "t");
    driver.pollWatch();

    store.release(GUEST);

    assertNotNull(driver.pollWatch());
    assertEquals(XenbusState.UNKNOWN, end.peerState(driver));
    end.remove(driver);
    assertEquals(List.of(), DeviceNodes.backendsOf(driver, DRIVER));
    assertNull(dom0.find("/local/domain/1/backend/mx/2"));
    tree.removeDomain(GUEST);
    assertEquals(List.of(), tree.devices());
    assertEquals(List.of("1", "3", "4"), dom0.list("/local/domain"));
  }

  @Test
  void shouldPutAnotherDriverDomainBehindADeviceWhenTheFirstDied() {
    XenStore guest = open(GUEST);
    DeviceEnd.frontend(DEVICE).publish(guest, Map.of("ring-ref", "8"), XenbusState.CONNECTED);
    guest.watch(DeviceEnd.frontend(DEVICE).peerStatePath(), "t");
    guest.pollWatch();

    store.release(DRIVER);
    assertNotNull(guest.pollWatch());
    assertEquals(XenbusState.UNKNOWN, DeviceEnd.frontend(DEVICE).peerState(guest));

    DeviceNodes next = tree.rebind(DEVICE, NEXT_DRIVER);
    assertEquals(DEVICE.servedBy(NEXT_DRIVER), next);
    assertEquals(next, DeviceNodes.findFrontend(guest, GUEST, 0));
    XenStore driver = open(NEXT_DRIVER);
    DeviceEnd end = DeviceEnd.backend(DEVICE.servedBy(NEXT_DRIVER));
    assertEquals(XenbusState.INITIALISING, end.peerState(driver));
    assertEquals("02:00", end.findPeer(driver, "mac"));
    assertNull(end.findPeer(driver, "ring-ref"));
    assertEquals("7", end.find(driver, "weight"));
    assertNull(tree.rebind(new DeviceNodes(GUEST, DRIVER, 9), NEXT_DRIVER));
  }
}
