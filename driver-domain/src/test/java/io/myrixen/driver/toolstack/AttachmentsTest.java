package io.myrixen.driver.toolstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.toolstack.Attachments.Attached;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DomainNodes;
import io.myrixen.xen.store.LocalXenStore;
import io.myrixen.xen.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttachmentsTest {

  private static final List<String> NAMES = List.of("dom0", "dd", "alice", "next", "7");
  private static final OptionalInt ANY = OptionalInt.empty();
  private static final String BACKEND = "/local/domain/1/backend/mx/2/0/";

  private final Store store = new Store();
  private final XenStore dom0 = new LocalXenStore(store, this, 0, true, () -> {});
  private final Attachments attachments = new Attachments(dom0);

  @BeforeEach
  void startDomains() {
    for (int domid = 1; domid < NAMES.size(); domid++) {
      store.introduce(domid);
      DomainNodes.create(dom0, domid, NAMES.get(domid));
    }
  }

  private Reason reasonOf(Runnable request) {
    return assertThrows(XenException.class, request::run).reason();
  }

  @Test
  void shouldNameDomainsByNameOrNumber() {
    Attached byName = attachments.attach("alice", "dd", ANY, 4);
    Attached byNumber = attachments.attach("2", "1", ANY, 1);

    assertEquals(0, byName.deviceId());
    assertEquals(1, byNumber.deviceId());
    assertEquals("alice (domain 2)", byNumber.frontend().toString());
    assertEquals("alice:0", dom0.read(BACKEND + "name"));
    assertEquals("4", dom0.read(BACKEND + "weight"));
    assertEquals("/local/domain/2/device/mx/0", dom0.read(BACKEND + "frontend"));
  }

  @Test
  void shouldRefuseDomainsThatAreNotThere() {
    assertEquals(Reason.NO_DOMAIN, reasonOf(() -> attachments.attach("alice", "nobody", ANY, 1)));
    assertEquals(Reason.NO_DOMAIN, reasonOf(() -> attachments.attach("99", "dd", ANY, 1)));
    // Digits are a domid, also where a domain has them for its name.
    assertEquals(Reason.NO_DOMAIN, reasonOf(() -> attachments.attach("7", "dd", ANY, 1)));
    assertEquals(Reason.NO_DOMAIN, reasonOf(() -> attachments.attach("alice", "999999", ANY, 1)));
    assertEquals(Reason.NO_DOMAIN, reasonOf(() -> attachments.find("alice", ANY)));
  }

  @Test
  void shouldRefuseANameThatSeveralHave() {
    store.introduce(9);
    DomainNodes.create(dom0, 9, "alice");

    assertEquals(Reason.BAD_REQUEST, reasonOf(() -> attachments.attach("alice", "dd", ANY, 1)));
    assertEquals(0, attachments.attach("9", "dd", ANY, 1).deviceId());
  }

  @Test
  void shouldMoveADeviceToAnotherDriverDomain() {
    attachments.attach("alice", "dd", ANY, 3);
    String nicId = dom0.read(BACKEND + "nic-id");

    assertEquals(
        Reason.BAD_REQUEST,
        reasonOf(() -> attachments.attach("alice", "dd", OptionalInt.of(0), 3)));
    Attached moved = attachments.attach("alice", "next", OptionalInt.of(0), 1);

    assertTrue(moved.moved());
    assertEquals(nicId, dom0.read("/local/domain/3/backend/mx/2/0/nic-id"));
    assertEquals("3", dom0.read("/local/domain/3/backend/mx/2/0/weight"));
    assertNull(dom0.find(BACKEND + "state"));
  }

  @Test
  void shouldDetachOnceTheBackendHasClosed() throws InterruptedException {
    attachments.attach("alice", "dd", ANY, 1);
    Attached device = attachments.find("alice", ANY);

    assertFalse(attachments.detach(device, Duration.ofNanos(1)));
    assertEquals("0", dom0.read(BACKEND + "online"));
    assertEquals("5", dom0.read(BACKEND + "state"));
    dom0.write(BACKEND + "state", "6");

    assertTrue(attachments.detach(device, Duration.ofSeconds(30)));
    assertNull(dom0.find(BACKEND + "state"));
    assertNull(dom0.find("/local/domain/2/device/mx/0"));
    assertEquals(Reason.NO_DOMAIN, reasonOf(() -> attachments.find("alice", ANY)));
  }

  @Test
  void shouldDetachAtOnceWhereNobodyIsThereToClose() throws InterruptedException {
    attachments.attach("alice", "dd", ANY, 1);
    attachments.attach("alice", "next", ANY, 1);
    assertEquals(Reason.BAD_REQUEST, reasonOf(() -> attachments.find("alice", ANY)));

    Attached first = attachments.find("alice", OptionalInt.of(0));
    Attached second = attachments.find("alice", OptionalInt.of(1));
    DomainNodes.remove(dom0, 1);

    assertTrue(attachments.detach(first, Duration.ofSeconds(30)));
    assertTrue(attachments.detach(second, Duration.ZERO));
  }
}
