package io.myrixen.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a client promises whatever carries its requests, to any store, ours or Xen's own. */
public abstract class XenStoreContractTest {

  private static final int DOM0 = 0;
  private static final int READER = 4;
  private static final long LONG_NS = 20_000_000_000L;
  private static final String END = "/end-of-events";

  private XenStore dom0;

  /** Opens a connection with the rights of domain 0 to a store that holds nothing yet. */
  protected abstract XenStore openToolstack();

  @BeforeEach
  void connect() {
    dom0 = openToolstack();
  }

  final XenStore dom0() {
    return dom0;
  }

  static StorePermission permission(int domid, Access access) {
    return new StorePermission(domid, access);
  }

  static void assertError(String error, Executable request) {
    assertEquals(error, assertThrows(XenStoreException.class, request).error());
  }

  /** Takes what events there are of all that happened so far: a new watch's own one is the last. */
  private static List<WatchEvent> events(XenStore client) {
    client.watch(END, END);
    List<WatchEvent> events = new ArrayList<>();
    long beginNs = System.nanoTime();
    while (true) {
      WatchEvent event = client.pollWatch();
      if (event == null) {
        assertTrue(System.nanoTime() - beginNs < LONG_NS, "no event of a new watch");
        LockSupport.parkNanos(100_000);
      } else if (event.token().equals(END)) {
        client.unwatch(END, END);
        return events;
      } else {
        events.add(event);
      }
    }
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
  }

  @Test
  void shouldRemoveTheWholeSubtreeOnceAndAgain() {
    dom0.write("/a/b/c", "1");

    dom0.remove("/a/b");
    dom0.remove("/a/b");

    assertEquals(List.of(), dom0.list("/a"));
    assertError("ENOENT", () -> dom0.remove("/a/b/c"));
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
            permission(DOM0, Access.NONE),
            permission(READER, Access.READ),
            permission(99, Access.BOTH));
    dom0.mkdir("/p");

    dom0.setPermissions("/p", permissions);

    assertEquals(permissions, dom0.permissions("/p"));
    assertError("EINVAL", () -> dom0.setPermissions("/p", List.of()));
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
    assertEquals(List.of(new WatchEvent("/w", "token")), events(dom0));

    dom0.write("/w/x", "1");
    dom0.write("/v", "1");
    dom0.mkdir("/w/x");
    assertEquals(List.of(new WatchEvent("/w/x", "token")), events(dom0));

    dom0.remove("/w");
    assertEquals(List.of(new WatchEvent("/w", "token")), events(dom0));

    dom0.unwatch("/w", "token");
    dom0.write("/w", "1");
    assertEquals(List.of(), events(dom0));
  }

  @Test
  void shouldRefuseAWatchWhoseTokenEndsEarly() {
    dom0.watch("/w", "a");

    assertError("EINVAL", () -> dom0.watch("/w", "a\0b"));
    assertError("EINVAL", () -> dom0.watch("/w//x", "a"));
  }
}
