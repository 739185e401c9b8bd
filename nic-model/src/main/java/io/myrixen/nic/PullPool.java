package io.myrixen.nic;

import org.jspecify.annotations.Nullable;

/** The pulls that one endpoint may have in progress. */
final class PullPool {

  private final Pull[] free;
  private int count;

  PullPool(int capacity) {
    free = new Pull[capacity];
    while (count < capacity) {
      free[count++] = new Pull();
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  @Nullable Pull take() {
    return count == 0 ? null : free[--count];
  }

  void giveBack(Pull pull) {
    pull.source.clear();
    pull.sink.clear();
    pull.moved = 0;
    pull.ended = false;
    free[count++] = pull;
  }
}
