package io.myrixen.nic;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The pulls from peers, by slot. Slots are made as they are needed, and kept. */
final class FetchTable {

  /** A handle has 10 bits for the slot. */
  private static final int SLOTS = 1 << (Integer.SIZE - Fetch.GENERATION_BITS);

  /** A quarter, so that no VM can keep the others from pulling. */
  private static final int SLOTS_PER_VM = SLOTS / 4;

  private final ArrayList<Fetch> slots = new ArrayList<>();

  /** Slots without a pull, the one used last at the end. */
  private final ArrayList<Fetch> free = new ArrayList<>();

  /** Those in progress, and those that have ended since the last {@link #sweep}, in no order. */
  private final ArrayList<Fetch> busy = new ArrayList<>();

  boolean hasRoom(VmShare vm) {
    return (!free.isEmpty() || slots.size() < SLOTS) && vm.fetches < SLOTS_PER_VM;
  }

  /** Takes a free slot; there is room. */
  Fetch take() {
    Fetch fetch;
    if (free.isEmpty()) {
      fetch = new Fetch(slots.size());
      slots.add(fetch);
    } else {
      fetch = free.removeLast();
    }
    busy.add(fetch);
    return fetch;
  }

  /** What a handle that came over the wire may name. */
  @Nullable Fetch find(int handle) {
    int slot = handle >>> Fetch.GENERATION_BITS;
    return slot < slots.size() ? slots.get(slot) : null;
  }

  int busyCount() {
    return busy.size();
  }

  Fetch busy(int index) {
    return busy.get(index);
  }

  /** Frees the slots of those that have ended. */
  void sweep() {
    for (int i = busy.size() - 1; i >= 0; i--) {
      Fetch fetch = busy.get(i);
      if (!fetch.active()) {
        Fetch last = busy.removeLast();
        if (last != fetch) {
          busy.set(i, last);
        }
        free.add(fetch);
      }
    }
  }
}
