package io.myrixen.driver.guest;

import io.myrixen.mx.Endpoint;
import java.lang.foreign.MemorySegment;

/** Memory for one message of each shape, all of which may be under way at once. */
final class Slots {

  /** Bytes behind a message that nothing may write to. */
  private static final int GUARD_BYTES = 64;

  private final MemorySegment[] slots = new MemorySegment[MessageShape.PLAN.size()];

  private Slots(Endpoint endpoint, boolean forSending) {
    long registeredBytes = 0;
    for (MessageShape shape : MessageShape.PLAN) {
      if (registered(shape, forSending)) {
        registeredBytes += slotBytes(shape);
      }
    }
    MemorySegment registered = endpoint.allocate(registeredBytes);
    long at = 0;
    for (MessageShape shape : MessageShape.PLAN) {
      if (registered(shape, forSending)) {
        slots[shape.index()] = registered.asSlice(at, slotBytes(shape));
        at += slotBytes(shape);
      } else {
        slots[shape.index()] = MemorySegment.ofArray(new byte[slotBytes(shape)]);
      }
    }
  }

  static Slots forSending(Endpoint endpoint) {
    return new Slots(endpoint, true);
  }

  static Slots forReceiving(Endpoint endpoint) {
    return new Slots(endpoint, false);
  }

  private static boolean registered(MessageShape shape, boolean forSending) {
    return forSending ? shape.senderRegistered() : shape.receiverRegistered();
  }

  private static int slotBytes(MessageShape shape) {
    return Math.ceilDiv(shape.lengthBytes(), GUARD_BYTES) * GUARD_BYTES + GUARD_BYTES;
  }

  /** Where the message lies. */
  MemorySegment message(MessageShape shape) {
    return slots[shape.index()].asSlice(0, shape.lengthBytes());
  }

  /** Makes a slot ready to receive. */
  void clear(MessageShape shape) {
    slots[shape.index()].fill(Pattern.UNTOUCHED);
  }

  /** Whether exactly the message that was sent with {@code seed} stands in the slot. */
  boolean holds(MessageShape shape, long seed) {
    return Pattern.matches(message(shape), seed)
        && Pattern.untouched(slots[shape.index()].asSlice(shape.lengthBytes()));
  }
}
