package io.myrixen.mx.match;

import org.jspecify.annotations.Nullable;

/**
 * The receives that wait for a message. A message goes to the earliest posted one that matches,
 * whatever its mask. Each receive is of one context, and what it costs to find one does not depend
 * on the receives of other contexts. Confined to whoever holds the endpoint.
 *
 * @param <R> the node class, which alone is ever added
 */
public final class PostedReceives<R extends MatchNode> {

  private final OrderedNodes order = new OrderedNodes();
  private final ContextIds ids;

  /** By id, each made when its context first has a receive. */
  private final @Nullable ContextReceives[] contexts;

  private long added;

  /** Makes it empty. */
  public PostedReceives(ContextIds ids) {
    this.ids = ids;
    contexts = new ContextReceives[ids.count()];
  }

  /**
   * Posts {@code node} behind all others.
   *
   * @throws IllegalArgumentException if its mask names no context
   */
  public void add(R node) {
    if (!ids.namedBy(node.matchMask)) {
      throw new IllegalArgumentException("mask names no context: 0x%x".formatted(node.matchMask));
    }
    order.add(node, this, added++);
    int id = ids.of(node.matchInfo);
    ContextReceives context = contexts[id];
    if (context == null) {
      context = new ContextReceives();
      contexts[id] = context;
    }
    context.add(node);
  }

  /** Takes out the earliest posted receive that matches a message with {@code messageInfo}. */
  public @Nullable R takeMatch(long messageInfo) {
    ContextReceives context = contexts[ids.of(messageInfo)];
    MatchNode best = context == null ? null : context.find(messageInfo);
    if (best != null) {
      unlink(best);
    }
    return cast(best);
  }

  /**
   * Takes {@code node} out again.
   *
   * @return whether it was posted here
   */
  public boolean remove(R node) {
    if (node.queue != this) {
      return false;
    }
    unlink(node);
    return true;
  }

  /** How many receives are posted. */
  public int size() {
    return order.size();
  }

  /** The one that was posted first. */
  public @Nullable R oldest() {
    return cast(order.oldest);
  }

  /** The one that was posted next after {@code node}, which is posted. */
  public @Nullable R after(R node) {
    return cast(node.newer);
  }

  private void unlink(MatchNode node) {
    ContextReceives context = contexts[ids.of(node.matchInfo)];
    if (context != null) {
      context.remove(node);
    }
    order.remove(node);
  }

  /** Only nodes of class R are ever added. */
  @SuppressWarnings("unchecked")
  private @Nullable R cast(@Nullable MatchNode node) {
    return (R) node;
  }
}
