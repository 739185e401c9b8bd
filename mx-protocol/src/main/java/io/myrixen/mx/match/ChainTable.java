package io.myrixen.mx.match;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Hash table from (match info, mask) to the chain of nodes that have both, oldest first. Open
 * addressing, linear probing; a slot holds the first node of a chain. Allocates only when it grows.
 */
final class ChainTable {

  /** What an idle endpoint pays: 64 references. */
  private static final int INITIAL_CAPACITY = 64;

  private final long seed;
  private @Nullable MatchNode[] heads = new MatchNode[INITIAL_CAPACITY];
  private int chainCount;

  /** Makes it with a secret of its own. */
  ChainTable() {
    this(ThreadLocalRandom.current().nextLong());
  }

  /**
   * Makes it empty.
   *
   * @param secret spreads the keys: peers choose the infos of unexpected messages and must not be
   *     able to choose ones that collide. The order of matching does not depend on it
   */
  ChainTable(long secret) {
    seed = secret | 1;
  }

  /** Returns the oldest node with that info and mask. */
  @Nullable MatchNode first(long info, long mask) {
    return heads[slotOf(info, mask, hash(info, mask))];
  }

  void add(MatchNode node) {
    if (chainCount >= heads.length >> 1) {
      grow();
    }
    int hash = hash(node.matchInfo, node.matchMask);
    int slot = slotOf(node.matchInfo, node.matchMask, hash);
    MatchNode head = heads[slot];
    node.hash = hash;
    if (head == null) {
      heads[slot] = node;
      node.chainLast = node;
      chainCount++;
      return;
    }
    MatchNode last = head.chainLast;
    if (last != null) {
      last.chainNext = node;
    }
    node.chainPrevious = last;
    head.chainLast = node;
  }

  /** Takes {@code node} out; it must be in. */
  void remove(MatchNode node) {
    MatchNode previous = node.chainPrevious;
    MatchNode next = node.chainNext;
    if (previous == null) {
      removeHead(node, next);
    } else {
      previous.chainNext = next;
      if (next == null) {
        MatchNode head = heads[slotOf(node.matchInfo, node.matchMask, node.hash)];
        if (head != null) {
          head.chainLast = previous;
        }
      } else {
        next.chainPrevious = previous;
      }
    }
    node.chainPrevious = null;
    node.chainNext = null;
    node.chainLast = null;
  }

  private void removeHead(MatchNode node, @Nullable MatchNode next) {
    int slot = slotOf(node.matchInfo, node.matchMask, node.hash);
    if (next == null) {
      chainCount--;
      closeGap(slot);
    } else {
      next.chainPrevious = null;
      next.chainLast = node.chainLast;
      heads[slot] = next;
    }
  }

  /** Empties {@code gap} and moves up what would not be found any more across it. */
  private void closeGap(int gap) {
    int limit = heads.length - 1;
    int free = gap;
    int slot = gap;
    while (true) {
      slot = (slot + 1) & limit;
      MatchNode head = heads[slot];
      if (head == null) {
        heads[free] = null;
        return;
      }
      int home = head.hash & limit;
      if (((slot - home) & limit) >= ((slot - free) & limit)) {
        heads[free] = head;
        free = slot;
      }
    }
  }

  /** Returns where the chain is, or the empty slot where it would be. */
  private int slotOf(long info, long mask, int hash) {
    int limit = heads.length - 1;
    int slot = hash & limit;
    MatchNode head = heads[slot];
    while (head != null && (head.matchInfo != info || head.matchMask != mask)) {
      slot = (slot + 1) & limit;
      head = heads[slot];
    }
    return slot;
  }

  private void grow() {
    @Nullable MatchNode[] old = heads;
    heads = new MatchNode[old.length * 2];
    int limit = heads.length - 1;
    for (MatchNode head : old) {
      if (head != null) {
        int slot = head.hash & limit;
        while (heads[slot] != null) {
          slot = (slot + 1) & limit;
        }
        heads[slot] = head;
      }
    }
  }

  private int hash(long info, long mask) {
    long mixed = (info ^ seed) * 0x9E3779B97F4A7C15L + mask;
    mixed = (mixed ^ mixed >>> 32) * seed;
    mixed = (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
    return (int) (mixed >>> 32);
  }
}
