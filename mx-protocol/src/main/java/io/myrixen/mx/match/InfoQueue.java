package io.myrixen.mx.match;

import org.jspecify.annotations.Nullable;

/**
 * A queue of nodes that each bear one match info, searched oldest first for {@code (node's info &
 * mask) == info}. Each context has a queue of its own: a mask that names one searches that alone; a
 * mask that does not, all that hold something and may match.
 */
abstract sealed class InfoQueue<N extends MatchNode> permits UnexpectedMessages, CompletedRequests {

  private final ContextIds ids;

  /** By id, each made when its context first holds something. */
  private final @Nullable ContextQueue[] contexts;

  /** The first of those that hold something. */
  private @Nullable ContextQueue held;

  private long added;
  private int size;

  InfoQueue(ContextIds ids) {
    this.ids = ids;
    contexts = new ContextQueue[ids.count()];
  }

  /**
   * Appends {@code node}.
   *
   * @throws IllegalArgumentException if its mask leaves bits open
   */
  public final void add(N node) {
    if (node.matchMask != MatchNode.EXACT) {
      throw new IllegalArgumentException("bears a mask: 0x%x".formatted(node.matchMask));
    }
    ContextQueue context = contextOf(node.matchInfo);
    boolean empty = context.order.oldest == null;
    context.add(node, this, added);
    if (empty) {
      hold(context);
    }
    added++;
    size++;
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
    return size;
  }

  /** The oldest of all contexts. */
  public final @Nullable N oldest() {
    return cast(find(0, 0));
  }

  /** The first in an order in which contexts come one after the other. */
  public final @Nullable N first() {
    ContextQueue context = held;
    return cast(context == null ? null : context.order.oldest);
  }

  /** The one after {@code node}, which stands in this queue, in the order of {@link #first}. */
  public final @Nullable N after(N node) {
    if (node.newer != null) {
      return cast(node.newer);
    }
    ContextQueue next = contextOf(node.matchInfo).next;
    return cast(next == null ? null : next.order.oldest);
  }

  private @Nullable MatchNode find(long info, long mask) {
    if (ids.namedBy(mask)) {
      ContextQueue context = contexts[ids.of(info)];
      return context == null ? null : context.find(info, mask);
    }
    long idMask = mask & ids.mask();
    MatchNode best = null;
    for (ContextQueue context = held; context != null; context = context.next) {
      MatchNode oldest = context.order.oldest;
      if (oldest != null
          && ((oldest.matchInfo ^ info) & idMask) == 0
          && (best == null || oldest.sequence < best.sequence)) {
        MatchNode found = context.find(info, mask);
        if (found != null && (best == null || found.sequence < best.sequence)) {
          best = found;
        }
      }
    }
    return best;
  }

  private void unlink(MatchNode node) {
    ContextQueue context = contextOf(node.matchInfo);
    context.remove(node);
    if (context.order.oldest == null) {
      letGo(context);
    }
    size--;
  }

  private ContextQueue contextOf(long info) {
    int id = ids.of(info);
    ContextQueue context = contexts[id];
    if (context == null) {
      context = new ContextQueue();
      contexts[id] = context;
    }
    return context;
  }

  private void hold(ContextQueue context) {
    context.next = held;
    if (held != null) {
      held.previous = context;
    }
    held = context;
  }

  private void letGo(ContextQueue context) {
    ContextQueue before = context.previous;
    ContextQueue after = context.next;
    if (before == null) {
      held = after;
    } else {
      before.next = after;
    }
    if (after != null) {
      after.previous = before;
    }
    context.previous = null;
    context.next = null;
  }

  /** Only nodes of class N are ever added. */
  @SuppressWarnings("unchecked")
  private @Nullable N cast(@Nullable MatchNode node) {
    return (N) node;
  }
}
