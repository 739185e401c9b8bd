package io.myrixen.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every quota by its name, in the reply and in the log. */
class QuotaTest {

  private static final int GUEST = 3;
  private static final StoreLimits TIGHT = new StoreLimits(4, 2, 2, 100, 2, 6, 3);

  private final List<String> log = new ArrayList<>();
  private final Store store = new Store(TIGHT, (_, _) -> "", log::add);
  private final Wire dom0 = new Wire(store, 0);
  private Wire guest = dom0;

  @BeforeEach
  void startGuest() {
    store.introduce(GUEST);
    dom0.ask(XsType.MKDIR, "/d\0");
    dom0.ask(XsType.SET_PERMS, "/d\0n3\0");
    guest = new Wire(store, GUEST);
  }

  private void refused(String error, String reply, String logged) {
    assertEquals(error + "\0", reply);
    assertEquals(List.of("domain 3 reached its quota of " + logged), log);
    log.clear();
  }

  @Test
  void shouldNameTheQuotaThatIsReached() {
    guest.ask(XsType.WRITE, "/d/a/b/c\0");
    refused("ENOSPC", guest.ask(XsType.MKDIR, "/d/e\0"), "nodes, 4");
    refused("ENOSPC", guest.ask(XsType.WRITE, "/d/a\0" + "x".repeat(90)), "node bytes, 100");
    String three = "/d/a\0n3\0r0\0r7\0";
    refused("ENOSPC", guest.ask(XsType.SET_PERMS, three), "permissions, 2");

    guest.ask(XsType.WATCH, "/d\0001\0");
    guest.ask(XsType.WATCH, "/d\0002\0");
    refused("E2BIG", guest.ask(XsType.WATCH, "/d\0003\0"), "watches, 2");

    guest.ask(XsType.TRANSACTION_START, "\0");
    guest.ask(XsType.TRANSACTION_START, "\0");
    refused("ENOSPC", guest.ask(XsType.TRANSACTION_START, "\0"), "transactions, 2");

    for (int i = 0; i < 5; i++) {
      assertEquals("ENOENT\0", guest.ask(XsType.READ, 1, "/d/n" + i + "\0"));
    }
    refused("ENOSPC", guest.ask(XsType.READ, 1, "/d/n5\0"), "transaction nodes, 6");
    assertEquals("ENOMEM\0", guest.ask(XsType.TRANSACTION_END, 1, "T\0"));
  }

  @Test
  void shouldCountWhatATransactionMadeWhenItCommits() {
    guest.ask(XsType.TRANSACTION_START, "\0");
    guest.ask(XsType.MKDIR, 1, "/d/a\0");
    guest.ask(XsType.MKDIR, 1, "/d/b\0");
    Wire second = new Wire(store, GUEST);
    dom0.ask(XsType.MKDIR, "/e\0");
    dom0.ask(XsType.SET_PERMS, "/e\0n3\0");
    second.ask(XsType.MKDIR, "/e/a\0");

    refused("ENOSPC", guest.ask(XsType.TRANSACTION_END, 1, "T\0"), "nodes, 4");
  }

  @Test
  void shouldGiveRoomAgainWhenTheOwnerChanges() {
    guest.ask(XsType.WRITE, "/d/a/b/c\0");
    assertEquals("ENOSPC\0", guest.ask(XsType.MKDIR, "/d/e\0"));

    assertEquals("OK\0", dom0.ask(XsType.SET_PERMS, "/d/a/b/c\0n0\0"));

    assertEquals("OK\0", guest.ask(XsType.MKDIR, "/d/e\0"));
    assertEquals("OK\0", dom0.ask(XsType.SET_PERMS, "/d/a/b/c\0n3\0"), "dom0 may go past it");
    assertEquals("OK\0", guest.ask(XsType.RM, "/d/e\0"));
    assertEquals("ENOSPC\0", guest.ask(XsType.MKDIR, "/d/e\0"));
  }

  @Test
  void shouldLogRarerTheOfterItHappens() {
    for (int i = 0; i < 1000; i++) {
      guest.ask(XsType.WRITE, "/d\0" + "x".repeat(100));
    }

    assertEquals(10, log.size(), log::toString);
    assertEquals("domain 3 reached its quota of node bytes, 100", log.getFirst());
    assertEquals("domain 3 reached its quota of node bytes, 100 (512 times so far)", log.getLast());
    store.release(GUEST);
    store.introduce(GUEST);
    dom0.ask(XsType.MKDIR, "/d\0");
    dom0.ask(XsType.SET_PERMS, "/d\0n3\0");
    new Wire(store, GUEST).ask(XsType.WRITE, "/d\0" + "x".repeat(100));
    assertEquals("domain 3 reached its quota of node bytes, 100", log.getLast());
  }

  @Test
  void shouldLetRequestsWaitOfWhoLeavesAnswersUnread() {
    guest.room(0);
    long before = store.operations();
    for (int i = 0; i < 50; i++) {
      assertTrue(guest.send(XsType.READ, i, 0, "/d\0"));
    }

    assertTrue(guest.connection().readPaused());
    // One answer is half sent, and as many as the quota says wait behind it.
    assertEquals(1 + TIGHT.outstanding(), store.operations() - before);
    guest.room(Integer.MAX_VALUE);
    guest.connection().flush();
    assertEquals(50, guest.take().size());
    assertFalse(guest.connection().readPaused());
  }

  @Test
  void shouldBoundWhatAConnectionOfTheToolstackHolds() {
    int watches = 0;
    while (watches < 100_000
        && !dom0.ask(XsType.WATCH, "/w\0" + watches + "\0").equals("E2BIG\0")) {
      watches++;
    }
    assertEquals(StoreLimits.TOOLSTACK.watches(), watches);
    assertEquals(List.of("domain 0 reached its quota of watches, " + watches), log);
    Wire other = new Wire(store, 0);
    assertEquals("/w\0t\0", other.ask(XsType.WATCH, "/w\0t\0"), "others have their own");
    for (int i = 0; i < StoreLimits.TOOLSTACK.transactions(); i++) {
      assertEquals((i + 1) + "\0", dom0.ask(XsType.TRANSACTION_START, "\0"));
    }
    assertEquals("ENOSPC\0", dom0.ask(XsType.TRANSACTION_START, "\0"));

    dom0.connection().close();

    assertEquals(1, store.watchCount(0));
  }

  @Test
  void shouldRefuseLimitsThatAllowNothing() {
    assertThrows(
        IllegalArgumentException.class, () -> new StoreLimits(1000, 128, 10, 2048, 5, 1024, 0));
  }
}
