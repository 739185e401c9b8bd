package io.myrixen.mx.match;

import org.jspecify.annotations.Nullable;

/**
 * The nodes of one context in an {@link InfoQueue}, oldest first.
 *
 * <p>Searches with open bits walk them. Exact ones walk {@link #WALK_LIMIT} nodes; where that is
 * not enough, an index is made, and kept until no node is left: short queues, the usual ones, cost
 * no hashing, and long ones no walking.
 */
final class ContextQueue {

  /** Walking eight nodes costs about what a probe of the table does. */
  static final int WALK_LIMIT = 8;

  final OrderedNodes order = new OrderedNodes();

  /** Neighbours among the contexts that hold nodes. */
  @Nullable ContextQueue previous;

  @Nullable ContextQueue next;

  /** The index, made when first needed: peers may choose contexts. */
  private @Nullable ChainTable chains;

  private boolean indexed;

  void add(MatchNode node, Object queue, long sequence) {
    order.add(node, queue, sequence);
    if (indexed && chains != null) {
      chains.add(node);
    }
  }

  void remove(MatchNode node) {
    if (indexed && chains != null) {
      chains.remove(node);
    }
    order.remove(node);
    if (order.oldest == null) {
      indexed = false;
    }
  }

  /** Returns the oldest that bears {@code info} in the bits of {@code mask}. */
  @Nullable MatchNode find(long info, long mask) {
    if (mask == MatchNode.EXACT && indexed && chains != null) {
      return chains.first(info, MatchNode.EXACT);
    }
    int steps = mask == MatchNode.EXACT ? WALK_LIMIT : Integer.MAX_VALUE;
    MatchNode node = order.oldest;
    while (node != null && steps-- > 0) {
      if ((node.matchInfo & mask) == info) {
        return node;
      }
      node = node.newer;
    }
    return node == null ? null : index().first(info, MatchNode.EXACT);
  }

  private ChainTable index() {
    ChainTable table = chains;
    if (table == null) {
      table = new ChainTable();
      chains = table;
    }
    for (MatchNode each = order.oldest; each != null; each = each.newer) {
      table.add(each);
    }
    indexed = true;
    return table;
  }
}
