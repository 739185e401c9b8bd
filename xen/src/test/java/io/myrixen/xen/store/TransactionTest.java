package io.myrixen.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TransactionTest {

  private final Store store = new Store();
  private final Wire one = new Wire(store, 0);
  private final Wire two = new Wire(store, 0);

  private String start() {
    return one.ask(XsType.TRANSACTION_START, "\0");
  }

  private String commit() {
    return one.ask(XsType.TRANSACTION_END, 1, "T\0");
  }

  @Test
  void shouldConflictWhenANodeItReadWasWritten() {
    one.ask(XsType.WRITE, "/a\0001");
    start();
    one.ask(XsType.READ, 1, "/a\0");
    two.ask(XsType.WRITE, "/a\0001");

    assertEquals("EAGAIN\0", commit());
    assertEquals("ENOENT\0", commit(), "its id is invalid now");
  }

  @Test
  void shouldConflictWhenANodeItMissedWasMade() {
    start();
    one.ask(XsType.READ, 1, "/a\0");
    two.ask(XsType.WRITE, "/a\0001");

    assertEquals("EAGAIN\0", commit());
  }

  @Test
  void shouldNotConflictWhenOthersWroteElsewhereOrBeforeItLooked() {
    one.ask(XsType.WRITE, "/a/x\0001");
    start();
    two.ask(XsType.WRITE, "/a/x\0002");
    two.ask(XsType.WRITE, "/b\0001");
    assertEquals("2", one.ask(XsType.READ, 1, "/a/x\0"));
    two.ask(XsType.WRITE, "/b\0002");

    assertEquals("OK\0", commit());
  }

  @Test
  void shouldConflictWhenTwoMakeChildrenOfOneParent() {
    one.ask(XsType.MKDIR, "/p\0");
    start();
    one.ask(XsType.WRITE, 1, "/p/a\0001");
    two.ask(XsType.WRITE, "/p/b\0001");

    assertEquals("EAGAIN\0", commit());
    assertEquals("b\0", one.ask(XsType.DIRECTORY, "/p\0"));
  }

  @Test
  void shouldKeepIdsApartAndOpenUntilTheyAreEndedProperly() {
    assertEquals("1\0", start());
    assertEquals("2\0", start());
    assertEquals("EBUSY\0", one.ask(XsType.TRANSACTION_START, 1, "\0"));
    assertEquals("ENOENT\0", two.ask(XsType.READ, 1, "/tool\0"), "ids are the connection's own");
    assertEquals("EINVAL\0", one.ask(XsType.TRANSACTION_END, 1, "X\0"));
    assertEquals("OK\0", one.ask(XsType.TRANSACTION_END, 1, "F\0"));
    assertEquals("OK\0", one.ask(XsType.TRANSACTION_END, 2, "T\0"));
  }

  @Test
  void shouldSendNothingWhenItIsAborted() {
    two.ask(XsType.WATCH, "/a\0t\0");
    start();
    one.ask(XsType.WRITE, 1, "/a\0001");
    one.ask(XsType.TRANSACTION_END, 1, "F\0");

    assertEquals(List.of(), two.takeTexts());
    assertEquals("ENOENT\0", one.ask(XsType.READ, "/a\0"));
  }

  @Test
  void shouldTellOfRemovalsInside() {
    one.ask(XsType.WRITE, "/a/b\0001");
    two.ask(XsType.WATCH, "/a/b\0t\0");
    start();
    one.ask(XsType.RM, 1, "/a\0");
    assertEquals(List.of(), two.takeTexts());

    assertEquals("OK\0", commit());

    assertEquals(List.of("15 /a/b|t|"), two.takeTexts());
    assertEquals("tool\0", one.ask(XsType.DIRECTORY, "/\0"));
  }

  /** Two interleaved writers, against a map that takes over a transaction only if it commits. */
  @RepeatedTest(20)
  void shouldBehaveLikeAMapThatCommitsAllOrNothing(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    Map<String, String> live = new TreeMap<>();
    int committed = 0;
    for (int round = 0; round < 200; round++) {
      String id = one.ask(XsType.TRANSACTION_START, "\0").replace("\0", "");
      int transaction = Integer.parseInt(id);
      Map<String, String> inside = new TreeMap<>();
      for (int step = random.nextInt(6); step >= 0; step--) {
        String path = "/k" + random.nextInt(4) + "/v" + random.nextInt(4);
        String value = Integer.toString(random.nextInt(100));
        if (random.nextInt(8) == 0) {
          two.ask(XsType.WRITE, path + "\0" + value);
          live.put(path, value);
        } else {
          one.ask(XsType.WRITE, transaction, path + "\0" + value);
          inside.put(path, value);
        }
      }
      String result = one.ask(XsType.TRANSACTION_END, transaction, "T\0");
      if (result.equals("OK\0")) {
        live.putAll(inside);
        committed++;
      }
      assertSame(live, "round " + round);
    }
    assertTrue(committed > 50 && committed < 200, "committed " + committed);
  }

  private void assertSame(Map<String, String> live, String message) {
    for (Map.Entry<String, String> entry : live.entrySet()) {
      assertEquals(entry.getValue(), one.ask(XsType.READ, entry.getKey() + "\0"), message);
    }
  }
}
