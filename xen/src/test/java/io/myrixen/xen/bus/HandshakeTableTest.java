package io.myrixen.xen.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class HandshakeTableTest {

  /** Prints own states down and the other end's states across. */
  private static String table(BiFunction<XenbusState, XenbusState, Enum<?>> next) {
    StringBuilder table = new StringBuilder("own\\peer");
    for (XenbusState peer : XenbusState.values()) {
      table.append("%9d".formatted(peer.code()));
    }
    table.append('\n');
    for (XenbusState own : XenbusState.values()) {
      table.append("%-8d".formatted(own.code()));
      for (XenbusState peer : XenbusState.values()) {
        String name = next.apply(own, peer).name().replace("NOTHING", ".");
        table.append("%9s".formatted(name));
      }
      table.append('\n');
    }
    return table.toString();
  }

  @Test
  void shouldGoThroughTheBackendsWholeTableWhileTheDeviceIsToStay() {
    assertEquals(
        """
        own\\peer        0        1        2        3        4        5        6        7        8
        0         ABANDON  ABANDON  ABANDON  ABANDON  ABANDON  ABANDON  ABANDON  ABANDON  ABANDON
        1          REMOVE  PREPARE        .        .        .    CLOSE        .        .        .
        2          REMOVE        .        .        .  CONNECT    CLOSE    CLOSE        .        .
        3          REMOVE        .        .        .        .    CLOSE    CLOSE        .        .
        4          REMOVE  RESTART        .  RESTART        .    CLOSE    CLOSE        .        .
        5          REMOVE  RESTART        .        .        .    CLOSE    CLOSE        .        .
        6          REMOVE  PREPARE        .        .        .        .        .        .        .
        7          REMOVE        .        .        .        .    CLOSE    CLOSE        .        .
        8          REMOVE        .        .        .        .    CLOSE    CLOSE        .        .
        """,
        table((own, peer) -> BackendHandshake.next(own, peer, true)));
  }

  @Test
  void shouldGoThroughTheBackendsWholeTableWhileTheDeviceIsTakenAway() {
    assertEquals(
        """
        own\\peer        0        1        2        3        4        5        6        7        8
        0         ABANDON  ABANDON  ABANDON  ABANDON  ABANDON  ABANDON  ABANDON  ABANDON  ABANDON
        1          REMOVE  PREPARE        .        .        .    CLOSE   REMOVE        .        .
        2          REMOVE        .        .        .  CONNECT    CLOSE   REMOVE        .        .
        3          REMOVE        .        .        .        .    CLOSE   REMOVE        .        .
        4          REMOVE  RESTART        .  RESTART        .    CLOSE   REMOVE        .        .
        5          REMOVE        .        .        .        .    CLOSE   REMOVE        .        .
        6          REMOVE   REMOVE   REMOVE   REMOVE   REMOVE   REMOVE   REMOVE   REMOVE   REMOVE
        7          REMOVE        .        .        .        .    CLOSE   REMOVE        .        .
        8          REMOVE        .        .        .        .    CLOSE   REMOVE        .        .
        """,
        table((own, peer) -> BackendHandshake.next(own, peer, false)));
  }

  @Test
  void shouldGoThroughTheFrontendsWholeTable() {
    assertEquals(
        """
        own\\peer        0        1        2        3        4        5        6        7        8
        0         ABANDON  ABANDON  ABANDON  ABANDON  ABANDON  ABANDON  ABANDON  ABANDON  ABANDON
        1               .        .  CONNECT        .        .     STOP        .        .        .
        2           RESET    RESET        .        .        .     STOP   FINISH        .        .
        3           RESET    RESET        .        .        .     STOP   FINISH        .        .
        4           RESET    RESET        .        .        .     STOP   FINISH        .        .
        5          FINISH        .        .        .        .        .   FINISH        .        .
        6          FINISH    RESET        .        .        .        .   FINISH        .        .
        7           RESET    RESET        .        .        .     STOP   FINISH        .        .
        8           RESET    RESET        .        .        .     STOP   FINISH        .        .
        """,
        table((own, peer) -> FrontendHandshake.next(own, peer, true)));
  }

  @Test
  void shouldForgetTheOldBackendWhenTheNodesNameAnother() {
    for (XenbusState peer : XenbusState.values()) {
      for (XenbusState own : XenbusState.values()) {
        FrontendHandshake.Action expected =
            switch (own) {
              case UNKNOWN -> FrontendHandshake.Action.ABANDON;
              case CLOSING, CLOSED -> FrontendHandshake.Action.FINISH;
              default -> FrontendHandshake.Action.RESET;
            };
        assertEquals(expected, FrontendHandshake.next(own, peer, false), own + " " + peer);
      }
    }
  }

  @Test
  void shouldReadStatesAsTheyAreWritten() {
    for (XenbusState state : XenbusState.values()) {
      assertEquals(state, XenbusState.of(state.text()));
    }
    assertEquals(XenbusState.UNKNOWN, XenbusState.of(null));
    assertEquals(XenbusState.UNKNOWN, XenbusState.of("9"));
    assertEquals(XenbusState.UNKNOWN, XenbusState.of("04"));
    assertEquals(XenbusState.UNKNOWN, XenbusState.of(""));
  }
}
