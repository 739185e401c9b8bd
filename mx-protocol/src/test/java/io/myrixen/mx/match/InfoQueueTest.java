package io.myrixen.mx.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The contract of every queue of infos. */
abstract class InfoQueueTest {

  private InfoQueue<Node> queue = newQueue(ContextIds.NONE);

  abstract InfoQueue<Node> newQueue(ContextIds ids);

  private Node add(int number, long info) {
    Node node = new Node(number, info, MatchNode.EXACT);
    queue.add(node);
    return node;
  }

  @Test
  void shouldTakeTheOldestThatMatches() {
    Node first = add(1, 0x17);
    Node second = add(2, 0x27);
    Node third = add(3, 0x17);

    assertSame(second, queue.takeMatch(0x27, -1));
    assertSame(first, queue.takeMatch(7, 0xF));
    assertSame(third, queue.takeMatch(0, 0));
    assertNull(queue.takeMatch(0, 0));
  }

  @Test
  void shouldLeaveInWhatIsOnlyLookedAt() {
    Node node = add(1, 5);

    assertSame(node, queue.peekMatch(5, -1));
    assertSame(node, queue.peekMatch(5, -1));
    assertNull(queue.peekMatch(6, -1));
    assertEquals(1, queue.size());
    assertTrue(queue.remove(node));
    assertFalse(queue.remove(node));
    assertNull(queue.oldest());
  }

  @Test
  void shouldFindNothingWhenTheInfoHasBitsOutsideTheMask() {
    add(1, 0x17);

    assertNull(queue.peekMatch(0x17, 0xF));
  }

  @Test
  void shouldFindWhatLiesBehindALongQueue() {
    for (int i = 0; i < 777; i++) {
      add(i, i);
    }
    Node first = add(777, 777);
    Node again = add(1000, 777);

    assertSame(first, queue.takeMatch(777, -1));
    assertSame(again, queue.takeMatch(777, -1));
    assertNull(queue.takeMatch(777, -1));
    Node late = add(1001, 777);
    assertSame(late, queue.takeMatch(777, -1));
  }

  @Test
  void shouldRefuseANodeWithAMask() {
    assertThrows(IllegalArgumentException.class, () -> queue.add(new Node(1, 0, 0)));
  }

  @RepeatedTest(50)
  void shouldDoAsAListDoes(RepetitionInfo repetition) {
    long seed = Long.getLong("myrixen.test.seed", repetition.getCurrentRepetition());
    SplittableRandom random = new SplittableRandom(seed);
    int infos = 1 << random.nextInt(1, 10);
    int target = 1 << random.nextInt(1, 10);
    long[] masks = {-1L, -1L, -1L, 0L, 3L, 0x1CL, 0xF0L};
    queue = newQueue(new ContextIds(random.nextInt(5), random.nextInt(6)));
    List<Node> model = new ArrayList<>();
    for (int step = 0; step < 4000; step++) {
      String where = "seed %d, step %d".formatted(seed, step);
      long mask = masks[random.nextInt(masks.length)];
      long info = random.nextInt(infos) & mask;
      switch (random.nextInt(2 * target) >= model.size() ? 0 : random.nextInt(1, 4)) {
        case 0 -> model.add(add(step, random.nextInt(infos)));
        case 1 -> {
          Node removed = model.remove(random.nextInt(model.size()));
          assertTrue(queue.remove(removed), where);
        }
        case 2 -> assertSame(oldest(model, info, mask), queue.peekMatch(info, mask), where);
        default -> {
          Node expected = oldest(model, info, mask);
          model.remove(expected);
          assertSame(expected, queue.takeMatch(info, mask), where);
        }
      }
      assertEquals(model.size(), queue.size(), where);
    }
    List<Node> shown = new ArrayList<>();
    for (Node node = queue.first(); node != null; node = queue.after(node)) {
      shown.add(node);
    }
    assertEquals(Set.copyOf(model), Set.copyOf(shown), "seed " + seed);
    assertEquals(model.size(), shown.size(), "seed " + seed);
    assertSame(model.isEmpty() ? null : model.get(0), queue.oldest(), "seed " + seed);
  }

  @Test
  void shouldShowTheOldestOfAllContexts() {
    queue = newQueue(new ContextIds(2, 62));
    Node first = add(1, 1L << 63);
    Node second = add(2, 0);
    Node third = add(3, 1L << 63);

    assertSame(first, queue.oldest());
    assertSame(second, queue.peekMatch(0, 1L << 63));
    assertSame(first, queue.takeMatch(0, 1));
    assertSame(second, queue.takeMatch(0, 0));
    assertSame(third, queue.oldest());
  }

  private static @Nullable Node oldest(List<Node> model, long info, long mask) {
    for (Node node : model) {
      if ((node.matchInfo() & mask) == info) {
        return node;
      }
    }
    return null;
  }
}
