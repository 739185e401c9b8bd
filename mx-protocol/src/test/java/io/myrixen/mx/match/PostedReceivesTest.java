package io.myrixen.mx.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PostedReceivesTest {

  private static final long[] MASKS = {
    -1L, -1L, 0L, 0xF, 0xF0, 0xFF, 1L << 63, 0x8000000000000003L
  };

  private PostedReceives<Node> posted = new PostedReceives<>(ContextIds.NONE);

  private Node post(int number, long info, long mask) {
    Node node = new Node(number, info, mask);
    posted.add(node);
    return node;
  }

  @Test
  void shouldGiveTheMessageToTheEarliestWhenExactAndMaskedBothMatch() {
    Node any = post(1, 0, 0);
    Node exact = post(2, 7, -1);
    Node low = post(3, 7, 0xF);

    assertSame(any, posted.takeMatch(7));
    assertSame(exact, posted.takeMatch(7));
    assertSame(low, posted.takeMatch(0x17));
    assertNull(posted.takeMatch(7));
    assertEquals(0, posted.size());
  }

  @Test
  void shouldPassOverACancelledReceive() {
    Node first = post(1, 7, -1);
    Node second = post(2, 7, -1);
    Node third = post(3, 7, -1);

    assertTrue(posted.remove(second));
    assertFalse(posted.remove(second));
    assertFalse(second.queued());

    assertSame(first, posted.takeMatch(7));
    assertSame(third, posted.takeMatch(7));
  }

  @Test
  void shouldAppendBehindTheRestWhenTheLastOfAChainWasCancelled() {
    Node first = post(1, 7, -1);
    posted.remove(post(2, 7, -1));
    Node third = post(3, 7, -1);

    assertSame(first, posted.takeMatch(7));
    assertSame(third, posted.takeMatch(7));
  }

  @Test
  void shouldRefuseANodeThatIsPostedAlready() {
    Node node = post(1, 7, -1);

    assertThrows(IllegalStateException.class, () -> posted.add(node));
    assertThrows(IllegalStateException.class, () -> node.match(8, -1));
    assertThrows(
        IllegalStateException.class, () -> new PostedReceives<Node>(ContextIds.NONE).add(node));
    assertFalse(new PostedReceives<Node>(ContextIds.NONE).remove(node));
  }

  @Test
  void shouldShowReceivesInTheOrderOfPosting() {
    Node first = post(1, 7, -1);
    Node second = post(2, 0, 0);
    Node third = post(3, 7, -1);
    posted.remove(second);

    assertSame(first, posted.oldest());
    assertSame(third, posted.after(first));
    assertNull(posted.after(third));
  }

  @Test
  void shouldRefuseAMaskThatNamesNoContext() {
    posted = new PostedReceives<>(new ContextIds(2, 62));

    assertThrows(IllegalArgumentException.class, () -> post(1, 0, 1L << 63));
    Node node = post(1, 0, 3L << 62);
    assertNull(posted.takeMatch(1L << 62));
    assertSame(node, posted.takeMatch(5));
  }

  @Test
  void shouldMatchRightWhenManyMasksComeAndGo() {
    List<Node> model = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      // 500 masks, each of them in use twice.
      long mask = -2L - i % 500;
      Node node = post(i, (i * 31L) & mask, mask);
      model.add(node);
    }
    for (long message = 0; !model.isEmpty(); message = (message + 31) % 40_000) {
      assertSame(earliest(model, message), posted.takeMatch(message));
    }
    assertEquals(0, posted.size());
  }

  @RepeatedTest(50)
  void shouldDoAsAListDoes(RepetitionInfo repetition) {
    long seed = Long.getLong("myrixen.test.seed", repetition.getCurrentRepetition());
    SplittableRandom random = new SplittableRandom(seed);
    int infos = 1 << random.nextInt(1, 10);
    int target = 1 << random.nextInt(1, 11);
    ContextIds ids = random.nextBoolean() ? ContextIds.NONE : new ContextIds(2, 62);
    posted = new PostedReceives<>(ids);
    List<Node> model = new ArrayList<>();
    for (int step = 0; step < 4000; step++) {
      String where = "seed %d, step %d".formatted(seed, step);
      int action = random.nextInt(2 * target);
      if (action >= model.size()) {
        long mask = MASKS[random.nextInt(MASKS.length)] | ids.mask();
        model.add(post(step, info(random, infos) & mask, mask));
      } else if (random.nextInt(3) == 0) {
        Node cancelled = model.remove(random.nextInt(model.size()));
        assertTrue(posted.remove(cancelled), where);
      } else {
        long message = info(random, infos);
        assertSame(earliest(model, message), posted.takeMatch(message), where);
      }
      assertEquals(model.size(), posted.size(), where);
    }
    Node next = posted.oldest();
    for (Node expected : model) {
      assertSame(expected, next, "seed " + seed);
      next = posted.after(expected);
    }
    assertNull(next);
  }

  private static long info(SplittableRandom random, int infos) {
    long low = random.nextInt(infos);
    return random.nextBoolean() ? low : low | 1L << 63;
  }

  private static @Nullable Node earliest(List<Node> model, long message) {
    for (Node node : model) {
      if ((message & node.matchMask()) == node.matchInfo()) {
        model.remove(node);
        return node;
      }
    }
    return null;
  }
}
