package io.myrixen.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.StorePermission.Access;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStore.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a client promises to our own store, which counts, and says at once what it has to say: the
 * kernel between a client and Xen's own store answers some requests itself.
 */
abstract class OwnStoreContractTest extends XenStoreContractTest {

  static final int GUEST = 3;
  static final int OTHER_GUEST = 4;

  final Store store = new Store();
  private XenStore guest;

  /** Opens a connection to {@link #store}; only domain 0 is privileged. */
  abstract XenStore open(int domid);

  @Override
  protected final XenStore openToolstack() {
    store.introduce(GUEST);
    store.introduce(OTHER_GUEST);
    return open(0);
  }

  @BeforeEach
  void startGuest() {
    guest = open(GUEST);
    dom0().mkdir("/local/domain/3");
    dom0().setPermissions("/local/domain/3", List.of(permission(GUEST, Access.NONE)));
  }

  static List<WatchEvent> drain(XenStore client) {
    List<WatchEvent> events = new ArrayList<>();
    for (WatchEvent event = client.pollWatch(); event != null; event = client.pollWatch()) {
      events.add(event);
    }
    return events;
  }

  @Test
  void shouldNotSayWhatIsThereThatOneMayNotSee() {
    assertError("EACCES", () -> guest.find("/nothing/here"));
  }

  @Test
  void shouldKeepTheRoot() {
    assertError("EINVAL", () -> dom0().remove("/"));
  }

  @Test
  void shouldGiveNoNodeToADomainThatIsNotThere() {
    dom0().mkdir("/p");

    assertError("ENOENT", () -> dom0().setPermissions("/p", List.of(permission(99, Access.NONE))));
  }

  @Test
  void shouldTakeRelativePathsFromTheDomainsOwnDirectory() {
    guest.write("data/x", "1");

    assertEquals("1", dom0().read("/local/domain/3/data/x"));
  }

  @Test
  void shouldRefuseAWatchTwiceAndAnUnwatchOfNone() {
    dom0().watch("/w", "a");
    dom0().watch("/w", "b");

    assertError("EEXIST", () -> dom0().watch("/w", "a"));
    assertError("ENOENT", () -> dom0().unwatch("/w", "c"));
  }

  @Test
  void shouldTellDomainsComingAndGoing() {
    dom0().watch("@introduceDomain", "in");
    dom0().watch("@releaseDomain", "out");
    drain(dom0());

    store.introduce(9);
    store.introduce(9);
    assertEquals(List.of(new WatchEvent("@introduceDomain", "in")), drain(dom0()));
    store.release(9);
    store.release(9);
    assertEquals(List.of(new WatchEvent("@releaseDomain", "out")), drain(dom0()));
  }

  @Test
  void shouldBeDisconnectedWhenItsDomainEnded() {
    assertFalse(guest.disconnected());

    store.release(GUEST);

    assertNull(guest.pollWatch());
    assertTrue(guest.disconnected());
    assertError("EIO", () -> guest.read("data"));
  }

  @Test
  void shouldHoldNothingOnceItIsClosed() {
    guest.watch("data", "t");

    guest.close();
    guest.close();

    assertEquals(0, store.watchCount(GUEST));
    assertEquals(1, store.sessions());
    assertTrue(guest.disconnected());
    assertError("EIO", () -> guest.read("data"));
  }

  @Test
  void shouldCountEveryRequest() {
    long before = store.operations();

    dom0().write("/a", "1");
    dom0().find("/b");
    dom0().transact(view -> view.read("/a"));

    assertEquals(before + 5, store.operations());
  }
}
