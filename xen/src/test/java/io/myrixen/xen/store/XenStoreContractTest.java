package io.myrixen.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.StorePermission.Access;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStore.WatchEvent;
import io.myrixen.xen.XenStoreException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What every client of a store promises, whatever carries its requests. */
abstract class XenStoreContractTest {

  static final int GUEST = 3;
  static final int OTHER_GUEST = 4;

  final Store store = new Store();
  private XenStore dom0;
  private XenStore guest;

  /** Opens a connection to {@link #store}; only domain 0 is privileged. */
  abstract XenStore open(int domid);

  @BeforeEach
  void startDomains() {
    store.introduce(GUEST);
    store.introduce(OTHER_GUEST);
    dom0 = open(0);
    guest = open(GUEST);
    dom0.mkdir("/local/domain/3");
    dom0.setPermissions("/local/domain/3", List.of(permission(GUEST, Access.NONE)));
  }

  static StorePermission permission(int domid, Access access) {
    return new StorePermission(domid, access);
  }

  static void assertError(String error, Executable request) {
    assertEquals(error, assertThrows(XenStoreException.class, request).error());
  }

  static List<WatchEvent> drain(XenStore client) {
    List<WatchEvent> events = new ArrayList<>();
    for (WatchEvent event = client.pollWatch(); event != null; event = client.pollWatch()) {
      events.add(event);
    }
    return events;
  }

  @Test
  void shouldReadBackAnyBytesWhenTheyWereWritten() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 256; c++) {
      all.append(c);
    }

    dom0.write("/a/b", all.toString());

    assertEquals(all.toString(), dom0.read("/a/b"));
    assertEquals("", dom0.read("/a"));
    assertEquals(List.of("b"), dom0.list("/a"));
  }

  @Test
  void shouldFindNothingWhenThePathIsMissing() {
    assertNull(dom0.find("/nothing/here"));
    assertError("ENOENT", () -> dom0.read("/nothing/here"));
    assertError("EACCES", () -> guest.find("/nothing/here"));
  }

  @Test
  void shouldTakeRelativePathsFromTheDomainsOwnDirectory() {
    guest.write("data/x", "1");

    assertEquals("1", dom0.read("/local/domain/3/data/x"));
  }

  @Test
  void shouldRemoveTheWholeSubtreeOnceAndAgain() {
    dom0.write("/a/b/c", "1");

    dom0.remove("/a/b");
    dom0.remove("/a/b");

    assertEquals(List.of(), dom0.list("/a"));
    assertError("ENOENT", () -> dom0.remove("/a/b/c"));
    assertError("EINVAL", () -> dom0.remove("/"));
  }

  @Test
  void shouldKeepTheValueWhenADirectoryIsMadeAgain() {
    dom0.write("/a", "1");

    dom0.mkdir("/a");

    assertEquals("1", dom0.read("/a"));
  }

  @Test
  void shouldRefuseWhatIsNoPathOrNoByte() {
    for (String path : List.of("/a//b", "/a/", "/a.b", "/a b", "/ä", "@a", "", "/\u4e00", "/\0")) {
      assertError("EINVAL", () -> dom0.read(path));
    }
    assertError("EINVAL", () -> dom0.write("/a", "\u4e00"));
    assertError("EINVAL", () -> dom0.read("/" + "a".repeat(2048)));
    assertError("E2BIG", () -> dom0.write("/a", "x".repeat(4080)));
    dom0.write("/" + "a".repeat(2047), "x".repeat(2000));
    dom0.write("/a", "x".repeat(4077));
  }

  @Test
  void shouldListDirectoriesThatFillSeveralMessages() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      names.add("child-number-%04d".formatted(i));
      dom0.write("/big/" + names.getLast(), "");
    }

    assertEquals(names, dom0.list("/big"));
    assertEquals(names, dom0.transact(view -> view.list("/big")));
  }

  @Test
  void shouldGiveBackPermissionsInTheOrderTheyWereSet() {
    List<StorePermission> permissions =
        List.of(
            permission(GUEST, Access.NONE),
            permission(OTHER_GUEST, Access.READ),
            permission(99, Access.BOTH));
    dom0.mkdir("/p");

    dom0.setPermissions("/p", permissions);

    assertEquals(permissions, dom0.permissions("/p"));
    assertError("EINVAL", () -> dom0.setPermissions("/p", List.of()));
    assertError("ENOENT", () -> dom0.setPermissions("/p", List.of(permission(99, Access.NONE))));
  }

  @Test
  void shouldCommitAllOrNothing() {
    String result =
        dom0.transact(view -> {
          view.write("/t/a", "1");
          view.write("/t/b", "2");
          assertNull(dom0.find("/t/a"));
          return view.read("/t/a");
        });

    assertEquals("1", result);
    assertEquals(List.of("a", "b"), dom0.list("/t"));
    assertThrows(
        IllegalStateException.class,
        () ->
            dom0.<String>transact(view -> {
              view.remove("/t");
              throw new IllegalStateException("changed my mind");
            }));
    assertEquals(List.of("a", "b"), dom0.list("/t"));
  }

  @Test
  void shouldTryAgainWhenAnotherWriterGotInBetween() {
    dom0.write("/counter", "0");
    int[] runs = {0};

    dom0.transact(view -> {
      int value = Integer.parseInt(view.read("/counter"));
      if (runs[0]++ < 3) {
        dom0.write("/counter", Integer.toString(value + 10));
      }
      view.write("/counter", Integer.toString(value + 1));
      return value;
    });

    assertEquals("31", dom0.read("/counter"));
    assertEquals(4, runs[0]);
  }

  @Test
  void shouldGiveUpWhenATransactionAlwaysConflicts() {
    dom0.write("/counter", "0");

    assertError(
        "EAGAIN",
        () ->
            dom0.transact(view -> {
              dom0.write("/counter", view.read("/counter"));
              return "";
            }));
  }

  @Test
  void shouldReportChangesAtAndBelowAWatchedPathAfterAnInitialEvent() {
    dom0.watch("/w", "token");
    assertEquals(List.of(new WatchEvent("/w", "token")), drain(dom0));

    dom0.write("/w/x", "1");
    dom0.write("/v", "1");
    dom0.mkdir("/w/x");
    assertEquals(List.of(new WatchEvent("/w/x", "token")), drain(dom0));

    dom0.remove("/w");
    assertEquals(List.of(new WatchEvent("/w", "token")), drain(dom0));

    dom0.unwatch("/w", "token");
    dom0.write("/w", "1");
    assertEquals(List.of(), drain(dom0));
  }

  @Test
  void shouldRefuseAWatchTwiceAndAnUnwatchOfNone() {
    dom0.watch("/w", "a");
    dom0.watch("/w", "b");

    assertError("EEXIST", () -> dom0.watch("/w", "a"));
    assertError("ENOENT", () -> dom0.unwatch("/w", "c"));
    assertError("EINVAL", () -> dom0.watch("/w", "a\0b"));
  }

  @Test
  void shouldTellDomainsComingAndGoing() {
    dom0.watch("@introduceDomain", "in");
    dom0.watch("@releaseDomain", "out");
    drain(dom0);

    store.introduce(9);
    store.introduce(9);
    assertEquals(List.of(new WatchEvent("@introduceDomain", "in")), drain(dom0));
    store.release(9);
    store.release(9);
    assertEquals(List.of(new WatchEvent("@releaseDomain", "out")), drain(dom0));
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

    dom0.write("/a", "1");
    dom0.find("/b");
    dom0.transact(view -> view.read("/a"));

    assertEquals(before + 5, store.operations());
  }
}
