package io.myrixen.mx.match;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class ChainTableTest {

  /** Few keys, so that chains are long, or many, so that the table grows and gaps are closed. */
  @RepeatedTest(50)
  void shouldDoAsAMapOfQueuesDoes(RepetitionInfo repetition) {
    long seed = Long.getLong("myrixen.test.seed", repetition.getCurrentRepetition());
    SplittableRandom random = new SplittableRandom(seed);
    ChainTable table = new ChainTable(random.nextLong());
    int keys = 1 << random.nextInt(13);
    int target = 1 << random.nextInt(1, 13);
    Map<Long, Deque<Node>> model = new HashMap<>();
    List<Node> all = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      if (random.nextInt(2 * target) >= all.size()) {
        long mask = random.nextBoolean() ? -1L : 0xFFFFL;
        Node node = new Node(step, random.nextInt(keys), mask);
        table.add(node);
        all.add(node);
        chain(model, node).add(node);
      } else {
        int index = random.nextInt(all.size());
        Node node = all.set(index, all.getLast());
        all.removeLast();
        table.remove(node);
        chain(model, node).remove(node);
      }
      long info = random.nextInt(keys);
      Deque<Node> expected = model.get(info);
      if (expected == null || expected.isEmpty()) {
        assertNull(table.first(info, -1L), "seed %d, step %d".formatted(seed, step));
      } else {
        assertSame(
            expected.peek(), table.first(info, -1L), "seed %d, step %d".formatted(seed, step));
      }
    }
    for (Node node : all) {
      assertSame(chain(model, node).peek(), table.first(node.matchInfo(), node.matchMask()));
    }
  }

  private static Deque<Node> chain(Map<Long, Deque<Node>> model, Node node) {
    return model.computeIfAbsent(key(node), _ -> new ArrayDeque<>());
  }

  private static long key(Node node) {
    return node.matchInfo() | (node.matchMask() == -1L ? 0 : 1L << 32);
  }
}
