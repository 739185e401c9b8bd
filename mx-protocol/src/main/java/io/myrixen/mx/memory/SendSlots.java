package io.myrixen.mx.memory;

import io.myrixen.mx.window.WindowLayout;

/**
 * The send slots of a window, which hold medium messages until they are acknowledged. Confined to
 * whoever holds the endpoint.
 */
public final class SendSlots {

  private final WindowLayout layout;
  private final FreeList slots;

  /** All slots of a window of {@code layout}, free. */
  public SendSlots(WindowLayout layout) {
    this.layout = layout;
    slots = new FreeList(layout.geometry().sendSlotCount());
  }

  /** Returns a slot that is the caller's until released, or -1 if there is none. */
  public int acquire() {
    return slots.acquire();
  }

  /** Gives {@code slot} back; the NIC reads it no more. */
  public void release(int slot) {
    slots.release(slot);
  }

  /** How many could be acquired now. */
  public int freeCount() {
    return slots.freeCount();
  }

  /** Where {@code slot} begins in the window, in bytes. */
  public long offset(int slot) {
    return layout.sendSlotOffset(slot);
  }
}
