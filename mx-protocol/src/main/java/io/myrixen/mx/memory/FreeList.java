package io.myrixen.mx.memory;

import java.util.Arrays;

/**
 * Which of the numbers 0 to capacity - 1 are free, the last released first, so that what is in a
 * cache is used again.
 */
final class FreeList {

  private int[] free;
  private boolean[] taken;
  private int freeCount;

  FreeList(int capacity) {
    free = new int[capacity];
    taken = new boolean[capacity];
    addFree(0, capacity);
  }

  /** Returns a free number, or -1. */
  int acquire() {
    if (freeCount == 0) {
      return -1;
    }
    int number = free[--freeCount];
    taken[number] = true;
    return number;
  }

  /** Makes {@code number} free; twice is a bug of ours that would give it to two owners. */
  void release(int number) {
    if (!taken[number]) {
      throw new IllegalStateException("released twice: " + number);
    }
    taken[number] = false;
    free[freeCount++] = number;
  }

  void grow(int capacity) {
    int before = taken.length;
    free = Arrays.copyOf(free, capacity);
    taken = Arrays.copyOf(taken, capacity);
    addFree(before, capacity);
  }

  /** The lowest number is acquired first. */
  private void addFree(int from, int to) {
    for (int number = to - 1; number >= from; number--) {
      free[freeCount++] = number;
    }
  }

  int capacity() {
    return taken.length;
  }

  int freeCount() {
    return freeCount;
  }
}
