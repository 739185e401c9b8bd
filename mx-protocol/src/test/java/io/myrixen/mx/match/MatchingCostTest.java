package io.myrixen.mx.match;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * That matching does not get slower with what else is queued. The bound leaves room for a busy
 * machine: going through 10,000 nodes instead of 10 would cost a thousand times as much.
 */
class MatchingCostTest {

  private static final int ROUNDS = 7;
  private static final int EXCHANGES = 20_000;
  private static final int MANY = 10_000;
  private static final int FEW = 10;
  private static final double BOUND = 8;

  private interface Exchange {
    void run(int count);
  }

  @Test
  void shouldNotSlowDownWhenManyOtherReceivesArePosted() {
    assertFlat(postedBehind(FEW, -1L), postedBehind(MANY, -1L));
  }

  @Test
  void shouldNotSlowDownWhenManyWildcardReceivesWerePostedBefore() {
    assertFlat(postedBehind(FEW, ~0xFFL), postedBehind(MANY, ~0xFFL));
  }

  @Test
  void shouldNotSlowDownWhenManyReceivesWithTheSameInfoArePosted() {
    assertFlat(sameInfo(FEW), sameInfo(MANY));
  }

  @Test
  void shouldNotSlowDownWhenManyOtherMessagesAreUnexpected() {
    assertFlat(
        unexpectedBehind(FEW, new UnexpectedMessages<>(ContextIds.NONE)),
        unexpectedBehind(MANY, new UnexpectedMessages<>(ContextIds.NONE)));
  }

  @Test
  void shouldNotSlowDownWhenOtherContextsHoldMuch() {
    assertFlat(amongContexts(FEW), amongContexts(MANY));
  }

  /** A search with open bits in one context, which alone walks, while the other holds all else. */
  private static Exchange amongContexts(int others) {
    var unexpected = new UnexpectedMessages<Node>(new ContextIds(1, 63));
    for (int i = 0; i < others; i++) {
      unexpected.add(new Node(i, 7, MatchNode.EXACT));
    }
    Node node = new Node(others, 1L << 63 | 7, MatchNode.EXACT);
    return count -> {
      for (int i = 0; i < count; i++) {
        unexpected.add(node);
        assertSame(node, unexpected.takeMatch(1L << 63, 1L << 63));
      }
    };
  }

  private static Exchange postedBehind(int others, long mask) {
    PostedReceives<Node> posted = new PostedReceives<>(ContextIds.NONE);
    for (int i = 0; i < others; i++) {
      posted.add(new Node(i, (i + 1L) << 8, mask));
    }
    Node node = new Node(others, 7, MatchNode.EXACT);
    return count -> {
      for (int i = 0; i < count; i++) {
        posted.add(node);
        assertSame(node, posted.takeMatch(7));
      }
    };
  }

  private static Exchange sameInfo(int others) {
    PostedReceives<Node> posted = new PostedReceives<>(ContextIds.NONE);
    for (int i = 0; i < others; i++) {
      posted.add(new Node(i, 7, MatchNode.EXACT));
    }
    return count -> {
      for (int i = 0; i < count; i++) {
        posted.add(Objects.requireNonNull(posted.takeMatch(7)));
      }
    };
  }

  private static Exchange unexpectedBehind(int others, UnexpectedMessages<Node> unexpected) {
    for (int i = 0; i < others; i++) {
      unexpected.add(new Node(i, (i + 1L) << 8, MatchNode.EXACT));
    }
    Node node = new Node(others, 7, MatchNode.EXACT);
    return count -> {
      for (int i = 0; i < count; i++) {
        unexpected.add(node);
        assertSame(node, unexpected.takeMatch(7, MatchNode.EXACT));
      }
    };
  }

  private static void assertFlat(Exchange few, Exchange many) {
    long fewNs = Long.MAX_VALUE;
    long manyNs = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      fewNs = Math.min(fewNs, time(few));
      manyNs = Math.min(manyNs, time(many));
    }
    assertTrue(
        manyNs < BOUND * fewNs,
        "%d exchanges: %d ns among %d, %d ns among %d"
            .formatted(EXCHANGES, fewNs, FEW, manyNs, MANY));
  }

  private static long time(Exchange exchange) {
    long start = System.nanoTime();
    exchange.run(EXCHANGES);
    return System.nanoTime() - start;
  }
}
