package io.myrixen.xen.store;

import static io.myrixen.xen.store.Wire.ok;
import static io.myrixen.xen.store.Wire.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreTest {

  private static final int GUEST = 3;
  private static final int OTHER = 5;

  private final Store store = new Store();
  private final Wire dom0 = new Wire(store, 0);
  private Wire guest = dom0;
  private Wire other = dom0;

  @BeforeEach
  void startGuests() {
    guest = Wire.ofGuest(store, GUEST);
    other = Wire.ofGuest(store, OTHER);
  }

  @Test
  void shouldHaveTheNodesOfAFreshStore() {
    Wire fresh = new Wire(new Store(), 0);

    assertEquals("tool\0", fresh.ask(XsType.DIRECTORY, "/\0"));
    assertEquals("xenstored\0", fresh.ask(XsType.DIRECTORY, "/tool\0"));
    assertEquals("n0\0", fresh.ask(XsType.GET_PERMS, "/tool/xenstored\0"));
  }

  @ParameterizedTest
  @CsvSource({
    "n0, EACCES, EACCES",
    "r0, 1, EACCES",
    "w0, EACCES, OK",
    "b0, 1, OK",
    "n0 r3, 1, EACCES",
    "n0 w3, EACCES, OK",
    "n0 b3, 1, OK",
    "b0 n3, EACCES, EACCES",
    "n0 r3 n3, 1, EACCES",
    "n3, 1, OK",
    "n5 r3, 1, EACCES"
  })
  void shouldLetPermissionsDecide(String permissions, String read, String write) {
    ok(dom0.ask(XsType.WRITE, "/p\0001"));
    ok(dom0.ask(XsType.SET_PERMS, "/p\0" + permissions.replace(' ', '\0') + "\0"));

    assertEquals(read, guest.ask(XsType.READ, "/p\0").replace("\0", ""));
    assertEquals(write, guest.ask(XsType.WRITE, "/p\0002").replace("\0", ""));
    assertEquals(write, guest.ask(XsType.RM, "/p\0").replace("\0", ""));
  }

  @Test
  void shouldGiveAChildItsParentsPermissionsAndItsMakerAsOwner() {
    ok(dom0.ask(XsType.MKDIR, "/d\0"));
    ok(dom0.ask(XsType.SET_PERMS, "/d\0r0\0b3\0r5\0"));

    ok(guest.ask(XsType.WRITE, "/d/x/y\0001"));
    ok(dom0.ask(XsType.WRITE, "/d/z\0001"));

    assertEquals("r3\0b3\0r5\0", dom0.ask(XsType.GET_PERMS, "/d/x/y\0"));
    assertEquals("r0\0b3\0r5\0", dom0.ask(XsType.GET_PERMS, "/d/z\0"));
  }

  @Test
  void shouldLetOnlyOwnersChangePermissionsAndOnlyThePrivilegedTheOwner() {
    ok(guest.ask(XsType.MKDIR, "data\0"));

    ok(guest.ask(XsType.SET_PERMS, "data\0n3\0b5\0"));
    refused("EPERM", guest.ask(XsType.SET_PERMS, "data\0n5\0"));
    refused("EACCES", other.ask(XsType.SET_PERMS, "/local/domain/3/data\0b5\0"));
    refused("ENOSPC", guest.ask(XsType.SET_PERMS, "data\0n3\0b5\0b6\0b7\0b8\0b9\0"));
    refused("EINVAL", guest.ask(XsType.SET_PERMS, "data\0"));
    refused("EINVAL", guest.ask(XsType.SET_PERMS, "data\0x3\0"));
    refused("EINVAL", guest.ask(XsType.SET_PERMS, "data\0n\0"));
    refused("EINVAL", guest.ask(XsType.SET_PERMS, "data\0n70000\0"));
    ok(dom0.ask(XsType.SET_PERMS, "/local/domain/3/data\0n5\0"));
  }

  @Test
  void shouldHideFromTheUnpermittedWhatIsThere() {
    ok(dom0.ask(XsType.WRITE, "/secret/x\0001"));

    refused("EACCES", guest.ask(XsType.READ, "/secret/x\0"));
    refused("EACCES", guest.ask(XsType.READ, "/secret/y\0"));
    refused("EACCES", guest.ask(XsType.RM, "/secret/y\0"));
    refused("ENOENT", guest.ask(XsType.READ, "data/none\0"));
  }

  @Test
  void shouldKeepToolstackRequestsToTheToolstack() {
    for (int type :
        List.of(
            XsType.CONTROL,
            XsType.INTRODUCE,
            XsType.RELEASE,
            XsType.IS_DOMAIN_INTRODUCED,
            XsType.RESUME,
            XsType.SET_TARGET)) {
      refused("EACCES", guest.ask(type, "3\0"));
    }
    assertEquals("/local/domain/77\0", guest.ask(XsType.GET_DOMAIN_PATH, "77\0"));
    refused("EINVAL", dom0.ask(XsType.CONTROL, "no-such-command\0"));
  }

  @Test
  void shouldRefuseMalformedPayloads() {
    refused("EINVAL", dom0.ask(XsType.READ, ""));
    refused("EINVAL", dom0.ask(XsType.READ, "/tool"));
    refused("EINVAL", dom0.ask(XsType.READ, "/tool\0/tool\0"));
    refused("EINVAL", dom0.ask(XsType.WRITE, "/tool"));
    refused("EINVAL", dom0.ask(XsType.WATCH, "/tool\0t\0001\0"));
    refused("EINVAL", dom0.ask(XsType.WATCH, "/tool\0t"));
    refused("EINVAL", dom0.ask(XsType.DIRECTORY_PART, "/tool\0"));
    refused("EINVAL", dom0.ask(XsType.DIRECTORY_PART, "/tool\0x\0"));
    refused("EINVAL", dom0.ask(XsType.DIRECTORY_PART, "/tool\09999999999\0"));
    refused("EINVAL", dom0.ask(XsType.GET_PERMS, "@releaseDomain\0"));
    refused("EINVAL", dom0.ask(XsType.SET_PERMS, "@other\0r3\0"));
    refused("EINVAL", dom0.ask(XsType.CONTROL, ""));
    refused("EINVAL", dom0.ask(XsType.TRANSACTION_END, "X\0"));
    refused("ENOENT", dom0.ask(XsType.TRANSACTION_END, "T\0"));
  }

  @Test
  void shouldHoldThePathToItsLengthBehindTheDomainsPrefix() {
    ok(dom0.ask(XsType.WRITE, "/local/domain/12345/" + "a".repeat(2048) + "\0"));
    refused("EINVAL", dom0.ask(XsType.WRITE, "/local/domain/12345/" + "a".repeat(2049) + "\0"));
    refused("EINVAL", dom0.ask(XsType.WRITE, "/local/domain/123456/" + "a".repeat(2048) + "\0"));
  }

  @Test
  void shouldReportARemovedSubtreeDeepestFirstAndOnlyToExactWatchesBelow() {
    ok(dom0.ask(XsType.WRITE, "/r/a/b\0"));
    for (String path : List.of("/", "/r", "/r/a/b", "/r/none")) {
      dom0.ask(XsType.WATCH, path + "\0w" + path + "\0");
    }
    dom0.take();

    dom0.send(XsType.RM, 0, 0, "/r\0");

    assertEquals(
        List.of("15 /r/a/b|w/r/a/b|", "15 /r|w/r|", "15 /r|w/|", "13 OK|"), dom0.takeTexts());
  }

  @Test
  void shouldReportRelativelyWhatIsWatchedRelatively() {
    guest.ask(XsType.WATCH, "data\0rel\0");
    guest.ask(XsType.WATCH, "/local/domain/3/data\0abs\0");
    guest.take();

    dom0.ask(XsType.WRITE, "/local/domain/3/data/x\0001");

    assertEquals(List.of("15 data/x|rel|", "15 /local/domain/3/data/x|abs|"), guest.takeTexts());
    refused("EINVAL", guest.ask(XsType.WATCH, "\0t\0"));
  }

  @Test
  void shouldTellOnlyThoseWhoMayReadTheNodeOrItsParentOrCouldBefore() {
    ok(dom0.ask(XsType.MKDIR, "/open\0"));
    ok(dom0.ask(XsType.SET_PERMS, "/open\0r0\0"));
    ok(dom0.ask(XsType.MKDIR, "/hidden\0"));
    guest.ask(XsType.WATCH, "/\0t\0");

    dom0.ask(XsType.WRITE, "/hidden/x\0001");
    assertEquals(List.of(), guest.takeTexts());
    dom0.ask(XsType.WRITE, "/open/x\0001");
    dom0.ask(XsType.SET_PERMS, "/open/x\0n0\0");
    dom0.ask(XsType.WRITE, "/open/x\0002");
    assertEquals(3, guest.takeTexts().size(), "the parent is open");
    dom0.ask(XsType.SET_PERMS, "/open\0n0\0");
    assertEquals(1, guest.takeTexts().size(), "it was open before");
    dom0.ask(XsType.WRITE, "/open\0002");
    dom0.ask(XsType.RM, "/open\0");
    assertEquals(List.of(), guest.takeTexts());
  }

  @Test
  void shouldTellGuestsOfDomainsOnlyOnceTheyArePermitted() {
    guest.ask(XsType.WATCH, "@releaseDomain\0t\0");
    guest.ask(XsType.WATCH, "@unknown\0t\0");
    store.introduce(8);
    store.release(8);
    assertEquals(List.of(), guest.takeTexts());

    refused("EACCES", guest.ask(XsType.SET_PERMS, "@releaseDomain\0n0\0r3\0"));
    ok(dom0.ask(XsType.SET_PERMS, "@releaseDomain\0n0\0r3\0"));
    store.introduce(9);
    store.release(9);

    assertEquals(List.of("15 @releaseDomain|t|"), guest.takeTexts());
  }

  @Test
  void shouldDeleteWhatAnEndedDomainOwned() {
    ok(guest.ask(XsType.WRITE, "data/x\0001"));
    ok(dom0.ask(XsType.WRITE, "/shared/of-dom0\0001"));
    ok(dom0.ask(XsType.SET_PERMS, "/shared\0b0\0"));
    ok(guest.ask(XsType.WRITE, "/shared/of-guest/deep\0001"));
    dom0.ask(XsType.WATCH, "/shared\0t\0");
    guest.ask(XsType.WATCH, "data\0t\0");

    store.release(GUEST);

    assertEquals(List.of("15 /shared/of-guest|t|"), dom0.takeTexts());
    assertEquals("of-dom0\0", dom0.ask(XsType.DIRECTORY, "/shared\0"));
    refused("ENOENT", dom0.ask(XsType.READ, "/local/domain/3\0"));
    refused("ENOENT", dom0.ask(XsType.SET_PERMS, "/shared\0n3\0"));
    assertEquals(0, store.watchCount(GUEST));
    assertThrows(IllegalArgumentException.class, () -> store.release(0));
  }

  @Test
  void shouldDropWatchesAndTransactionsWhenAsked() {
    guest.ask(XsType.WATCH, "data\0t\0");
    guest.ask(XsType.TRANSACTION_START, "\0");

    ok(guest.ask(XsType.RESET_WATCHES, "\0"));

    assertEquals(0, store.watchCount(GUEST));
    assertEquals(0, store.openTransactions(GUEST));
    refused("ENOENT", guest.ask(XsType.TRANSACTION_END, 1, "T\0"));
  }

  @Test
  void shouldHoldAGuestToItsQuotas() {
    int nodes = 0;
    while (guest.ask(XsType.MKDIR, "d" + nodes % 90 + "/n" + nodes + "\0").equals("OK\0")) {
      nodes++;
    }
    assertEquals(StoreLimits.DEFAULT.nodes(), nodes + 90 + 1, "its directories and its root count");
    refused("ENOSPC", guest.ask(XsType.WRITE, "one-more\0"));
    ok(guest.ask(XsType.RM, "d0\0"));
    ok(guest.ask(XsType.WRITE, "one-more\0"));

    refused("ENOSPC", guest.ask(XsType.WRITE, "d1\0" + "x".repeat(2048)));
    ok(dom0.ask(XsType.WRITE, "/local/domain/3/d1\0" + "x".repeat(2048)));

    int watches = 0;
    while (guest.ask(XsType.WATCH, "d1\0" + watches + "\0").startsWith("d1")) {
      watches++;
    }
    assertEquals(StoreLimits.DEFAULT.watches(), watches);
    refused("E2BIG", new Wire(store, GUEST).ask(XsType.WATCH, "d2\0t\0"));

    for (int i = 0; i < StoreLimits.DEFAULT.transactions(); i++) {
      assertEquals((i + 1) + "\0", guest.ask(XsType.TRANSACTION_START, "\0"));
    }
    refused("ENOSPC", new Wire(store, GUEST).ask(XsType.TRANSACTION_START, "\0"));
    assertEquals("1\0", other.ask(XsType.TRANSACTION_START, "\0"), "others have their own");
  }

  @Test
  void shouldHoldAGuestToItsNodesInsideTransactionsToo() {
    String first = guest.ask(XsType.TRANSACTION_START, "\0");
    assertEquals("1\0", first);
    String reply = "OK\0";
    for (int i = 0; reply.equals("OK\0"); i++) {
      reply = guest.ask(XsType.MKDIR, 1, "d" + i % 90 + "/n" + i + "\0");
    }
    refused("ENOSPC", reply);
    ok(guest.ask(XsType.TRANSACTION_END, 1, "T\0"));
    refused("ENOSPC", guest.ask(XsType.MKDIR, "more\0"));
    assertTrue(store.nodeCount() < StoreLimits.DEFAULT.nodes() + 10, "nodes " + store.nodeCount());
  }

  @Test
  void shouldNeverCommitATransactionThatLookedAtTooMuch() {
    assertEquals("1\0", guest.ask(XsType.TRANSACTION_START, "\0"));
    String reply = "";
    for (int i = 0; !reply.equals("ENOSPC\0") && i < 2000; i++) {
      reply = guest.ask(XsType.READ, 1, "none" + i + "\0");
    }
    refused("ENOSPC", reply);
    refused("ENOMEM", guest.ask(XsType.TRANSACTION_END, 1, "T\0"));
    refused("ENOENT", guest.ask(XsType.TRANSACTION_END, 1, "T\0"));
  }
}
