package io.myrixen.mx.match;

import org.jspecify.annotations.Nullable;

/** A doubly linked list of nodes in the order in which they were added. */
final class OrderedNodes {

  @Nullable MatchNode oldest;
  private @Nullable MatchNode newest;
  private int size;

  int size() {
    return size;
  }

  /** Appends {@code node} as standing in {@code queue} under {@code sequence}, which rises. */
  void add(MatchNode node, Object queue, long sequence) {
    if (node.queue != null) {
      throw new IllegalStateException("stands in a queue already: " + node);
    }
    node.queue = queue;
    node.sequence = sequence;
    node.older = newest;
    if (newest == null) {
      oldest = node;
    } else {
      newest.newer = node;
    }
    newest = node;
    size++;
  }

  void remove(MatchNode node) {
    MatchNode older = node.older;
    MatchNode newer = node.newer;
    if (older == null) {
      oldest = newer;
    } else {
      older.newer = newer;
    }
    if (newer == null) {
      newest = older;
    } else {
      newer.older = older;
    }
    node.older = null;
    node.newer = null;
    node.queue = null;
    size--;
  }
}
