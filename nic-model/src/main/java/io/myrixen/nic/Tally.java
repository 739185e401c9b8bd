package io.myrixen.nic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counts, written by the NIC's thread alone and read by any. */
final class Tally {

  private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] values = new long[NicCounter.count()];

  /** NIC's thread. */
  void add(NicCounter counter, long count) {
    int slot = counter.slot();
    // Release: pairs with snapshot(), and keeps the store whole.
    VALUE.setRelease(values, slot, values[slot] + count);
  }

  /** Any thread. */
  NicCounters.Values snapshot() {
    var copy = new long[values.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (long) VALUE.getAcquire(values, i);
    }
    return new NicCounters.Values(copy);
  }
}
