package io.myrixen.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that no honest client sends: an error of the protocol, or the end of that connection. */
class BadInputTest {

  private static final int GUEST = 3;
  private static final String ALLOWED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/_@";

  private final List<String> log = new ArrayList<>();
  private final Store store = new Store(StoreLimits.DEFAULT, (_, _) -> "", log::add);
  private final Wire dom0 = new Wire(store, 0);
  private Wire guest = dom0;

  @BeforeEach
  void startGuest() {
    guest = Wire.ofGuest(store, GUEST);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        XsType.READ,
        XsType.WRITE,
        XsType.MKDIR,
        XsType.RM,
        XsType.DIRECTORY,
        XsType.GET_PERMS,
        XsType.SET_PERMS,
        XsType.WATCH,
        XsType.UNWATCH,
        XsType.DIRECTORY_PART
      })
  void shouldRefuseEveryByteThatIsNoneOfAPath(int type) {
    String rest =
        switch (type) {
          case XsType.SET_PERMS -> "n0\0";
          case XsType.WATCH, XsType.UNWATCH -> "t\0";
          case XsType.DIRECTORY_PART -> "0\0";
          default -> "";
        };
    int refused = 0;
    for (char c = 1; c < 256; c++) {
      if (ALLOWED.indexOf(c) < 0) {
        assertEquals("EINVAL\0", dom0.ask(type, "/a" + c + "b\0" + rest), "character " + (int) c);
        assertEquals("EINVAL\0", dom0.ask(type, c + "\0" + rest), "character " + (int) c);
        refused++;
      }
    }
    assertEquals(255 - ALLOWED.length(), refused);
    assertEquals("tool\0local\0", dom0.ask(XsType.DIRECTORY, "/\0"));
  }

  @Test
  void shouldTakeEveryCharacterThatIsAllowed() {
    assertEquals("OK\0", dom0.ask(XsType.WRITE, "/" + ALLOWED + "\0v"));
    assertEquals("v", dom0.ask(XsType.READ, "/" + ALLOWED + "\0"));
  }

  @Test
  void shouldNameInTheLogWhoDeclaresFourGigabytes() {
    assertFalse(guest.sendHex("0b000000 00000000 00000000 ffffffff"));

    assertEquals(1, guest.ends());
    assertEquals(
        List.of("domain 3 sent a length past the protocol's: the connection is closed"), log);
  }

  @Test
  void shouldHoldNoMoreOfAHundredThousandWatchesThanTheQuota() {
    int refused = 0;
    for (int i = 0; i < 100_000; i++) {
      assertTrue(guest.send(XsType.WATCH, i, 0, "data/n" + i + "\0t\0"));
      refused += guest.takeTexts().getFirst().equals("16 E2BIG|") ? 1 : 0;
    }

    assertEquals(100_000 - StoreLimits.DEFAULT.watches(), refused);
    assertEquals(StoreLimits.DEFAULT.watches(), store.watchCount(GUEST));
    assertTrue(log.size() < 20, log::toString);
  }

  @Test
  void shouldKnowAWatchByItsPathHoweverThatWasGiven() {
    guest.ask(XsType.WATCH, "data\0t\0");

    assertEquals("EEXIST\0", guest.ask(XsType.WATCH, "/local/domain/3/data\0t\0"));
    assertEquals("OK\0", guest.ask(XsType.UNWATCH, "/local/domain/3/data\0t\0"));
    assertEquals(0, store.watchCount(GUEST));
  }

  @Test
  void shouldHoldTenThousandNodesInOneDirectory() {
    for (int i = 0; i < 10_000; i++) {
      assertEquals("OK\0", dom0.ask(XsType.WRITE, "/many/node-" + i + "\0" + i));
    }
    assertEquals("E2BIG\0", dom0.ask(XsType.DIRECTORY, "/many\0"));
    try (LocalXenStore client = new LocalXenStore(store, this, 0, true, () -> {})) {
      List<String> names = client.list("/many");
      assertEquals(10_000, names.size());
      assertEquals("node-9999", names.getLast());
      assertEquals("9999", client.read("/many/node-9999"));
    }
    dom0.ask(XsType.WATCH, "/many/node-5000\0t\0");

    dom0.send(XsType.RM, 0, 0, "/many\0");

    assertEquals(List.of("15 /many/node-5000|t|", "13 OK|"), dom0.takeTexts());
    assertEquals("ENOENT\0", dom0.ask(XsType.READ, "/many\0"));
  }
}
