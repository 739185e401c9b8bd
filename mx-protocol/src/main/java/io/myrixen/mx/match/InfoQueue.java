package io.myrixen.mx.match;

import org.jspecify.annotations.Nullable;

/**
 * A queue of nodes that each bear one match info, searched oldest first for {@code (node's info &
 * mask) == info}.
 *
 * <p>Searches with open bits walk the queue. Exact ones walk {@link #WALK_LIMIT} nodes; where that
 * is not enough, an index is made, and kept until the queue runs empty: short queues, the usual
 * ones, cost no hashing, and long ones no walking.
 */
abstract sealed class InfoQueue<N extends MatchNode> permits UnexpectedMessages, CompletedRequests {

  /** Walking eight nodes costs about what a probe of the table does. */
  static final int WALK_LIMIT = 8;

  private final OrderedNodes order = new OrderedNodes();
  private final ChainTable chains = new ChainTable();
  private boolean indexed;

  InfoQueue() {}

  /**
   * Appends {@code node}.
   *
   * @throws IllegalArgumentException if its mask leaves bits open
   */
  public final void add(N node) {
    if (node.matchMask != MatchNode.EXACT) {
      throw new IllegalArgumentException("bears a mask: 0x%x".formatted(node.matchMask));
    }
    order.add(node, this);
    if (indexed) {
      chains.add(node);
    }
  }

  /** Takes out the oldest that bears {@code info} in the bits of {@code mask}. */
  public final @Nullable N takeMatch(long info, long mask) {
    MatchNode found = find(info, mask);
    if (found != null) {
      unlink(found);
    }
    return cast(found);
  }

  /** Returns the oldest that bears {@code info} in the bits of {@code mask} and leaves it in. */
  public final @Nullable N peekMatch(long info, long mask) {
    return cast(find(info, mask));
  }

  /**
   * Takes {@code node} out.
   *
   * @return whether it stood in this queue
   */
  public final boolean remove(N node) {
    if (node.queue != this) {
      return false;
    }
    unlink(node);
    return true;
  }

  /** How many stand in the queue. */
  public final int size() {
    return order.size();
  }

  /** The oldest. */
  public final @Nullable N oldest() {
    return cast(order.oldest);
  }

  /** The one added next after {@code node}, which stands in this queue. */
  public final @Nullable N after(N node) {
    return cast(node.newer);
  }

  private @Nullable MatchNode find(long info, long mask) {
    if (mask == MatchNode.EXACT && indexed) {
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
    if (node == null) {
      return null;
    }
    for (MatchNode each = order.oldest; each != null; each = each.newer) {
      chains.add(each);
    }
    indexed = true;
    return chains.first(info, MatchNode.EXACT);
  }

  private void unlink(MatchNode node) {
    if (indexed) {
      chains.remove(node);
    }
    order.remove(node);
    if (order.oldest == null) {
      indexed = false;
    }
  }

  /** Only nodes of class N are ever added. */
  @SuppressWarnings("unchecked")
  private @Nullable N cast(@Nullable MatchNode node) {
    return (N) node;
  }
}
