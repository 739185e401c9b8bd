package io.myrixen.nic;

import org.jspecify.annotations.Nullable;

/**
 * Receivers that refused a local sender for lack of room, and the senders that wait for them: one
 * bit for each pair. When a receiver has room again, each of its senders sees its credit epoch
 * move.
 */
final class CreditRelief {

  private final Bells bells;
  private final FaultSink faults;
  private final @Nullable NicEndpoint[] bySlot;
  private final long[][] waiting;
  private final NicEndpoint[] full;
  private final boolean[] isFull;
  private int fullCount;

  CreditRelief(int maxEndpoints, Bells bells, FaultSink faults) {
    this.bells = bells;
    this.faults = faults;
    this.bySlot = new @Nullable NicEndpoint[maxEndpoints];
    this.waiting = new long[maxEndpoints][(maxEndpoints + Long.SIZE - 1) / Long.SIZE];
    this.full = new NicEndpoint[maxEndpoints];
    this.isFull = new boolean[maxEndpoints];
  }

  void opened(NicEndpoint endpoint) {
    bySlot[endpoint.slot()] = endpoint;
  }

  /** Frees those who wait for {@code endpoint}: what they send next will be refused otherwise. */
  void closed(NicEndpoint endpoint) {
    bySlot[endpoint.slot()] = null;
    for (int i = 0; i < fullCount; i++) {
      if (full[i] == endpoint) {
        relieve(i);
        return;
      }
    }
  }

  /** Remembers that {@code source} was refused by {@code receiver}. */
  void await(NicEndpoint receiver, NicEndpoint source) {
    int slot = source.slot();
    waiting[receiver.slot()][slot / Long.SIZE] |= 1L << slot;
    if (!isFull[receiver.slot()]) {
      isFull[receiver.slot()] = true;
      full[fullCount++] = receiver;
    }
  }

  /** Whether any sender waits. */
  boolean pending() {
    return fullCount > 0;
  }

  /** Relieves the senders of every receiver that has room again. */
  int doWork() {
    int relieved = 0;
    for (int i = fullCount - 1; i >= 0; i--) {
      NicEndpoint receiver = full[i];
      try {
        if (receiver.receive().hasRegainedQuarter()) {
          relieve(i);
          relieved++;
        }
      } catch (EndpointFault fault) {
        faults.fault(receiver, fault.what(), fault.value());
        return relieved + 1; // The list has changed; the others come in the next cycle.
      }
    }
    return relieved;
  }

  /** Whether {@link #doWork} would find something to do. */
  boolean ready() {
    for (int i = 0; i < fullCount; i++) {
      try {
        if (full[i].receive().hasRegainedQuarter()) {
          return true;
        }
      } catch (EndpointFault _) {
        return true; // doWork finds it again, and closes the endpoint.
      }
    }
    return false;
  }

  private void relieve(int index) {
    NicEndpoint receiver = full[index];
    full[index] = full[--fullCount];
    isFull[receiver.slot()] = false;
    long[] words = waiting[receiver.slot()];
    for (int word = 0; word < words.length; word++) {
      long bits = words[word];
      words[word] = 0;
      while (bits != 0) {
        NicEndpoint source = bySlot[word * Long.SIZE + Long.numberOfTrailingZeros(bits)];
        bits &= bits - 1;
        if (source != null) {
          source.moveCreditEpoch();
          bells.touch(source);
        }
      }
    }
  }
}
