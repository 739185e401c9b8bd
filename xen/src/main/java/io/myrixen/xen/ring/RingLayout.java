package io.myrixen.xen.ring;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where the fields of a ring lie, and the only accesses made to its header.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Requests produced, written by the front                      |
 *  +---------------------------------------------------------------+
 *  |  Request event: wake the back at this index; by the back      |
 *  +---------------------------------------------------------------+
 *  |  Responses produced, written by the back                      |
 *  +---------------------------------------------------------------+
 *  |  Response event: wake the front at this index; by the front   |
 *  +---------------------------------------------------------------+
 *  |  Front lives  |   Back lives  |  Reserved, zero, up to byte 64...
 *  +---------------------------------------------------------------+
 *  |  Entries: a response takes the place of its request          ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>All fields are little-endian. Indices run freely modulo 2^32 and are only ever compared by
 * unsigned difference. The signs of life, 0 or not, lie in what Xen leaves to the kind of device.
 */
final class RingLayout {

  static final int REQUESTS_PRODUCED_OFFSET = 0;
  static final int REQUEST_EVENT_OFFSET = REQUESTS_PRODUCED_OFFSET + Integer.BYTES;
  static final int RESPONSES_PRODUCED_OFFSET = REQUEST_EVENT_OFFSET + Integer.BYTES;
  static final int RESPONSE_EVENT_OFFSET = RESPONSES_PRODUCED_OFFSET + Integer.BYTES;
  static final int FRONT_LIVES_OFFSET = RESPONSE_EVENT_OFFSET + Integer.BYTES;
  static final int BACK_LIVES_OFFSET = FRONT_LIVES_OFFSET + Byte.BYTES;
  static final int RESERVED_OFFSET = BACK_LIVES_OFFSET + Byte.BYTES;
  static final int HEADER_BYTES = 64;

  private static final VarHandle INDEX =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle().withInvokeExactBehavior();

  private RingLayout() {}

  /** Returns how many entries fit, rounded down to a power of two. */
  static int capacity(MemorySegment memory, int entryBytes) {
    if (entryBytes < Integer.BYTES || entryBytes % Integer.BYTES != 0) {
      throw new IllegalArgumentException(
          "entryBytes must be a positive multiple of 4: " + entryBytes);
    }
    long fitting = (memory.byteSize() - HEADER_BYTES) / entryBytes;
    if (fitting < 1 || fitting > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a ring of entries of %d bytes does not fit into %d bytes"
              .formatted(entryBytes, memory.byteSize()));
    }
    return Integer.highestOneBit((int) fitting);
  }

  static int indexAcquire(MemorySegment memory, long offset) {
    return (int) INDEX.getAcquire(memory, offset);
  }

  static void indexRelease(MemorySegment memory, long offset, int value) {
    INDEX.setRelease(memory, offset, value);
  }

  /**
   * Publishes entries up to {@code next} and tells whether the other side asked to be woken within
   * {@code (old, next]}.
   */
  static boolean publish(MemorySegment memory, long producedOffset, int old, int next) {
    // Release: pairs with the acquire of pending() on the other side; entries are visible first.
    indexRelease(memory, producedOffset, next);
    // Full fence: our index is visible before we look for theirs. Pairs with arm(): at least one
    // of us sees what the other has stored, so that no wake-up is lost.
    VarHandle.fullFence();
    int event = indexAcquire(memory, producedOffset + Integer.BYTES);
    return Integer.compareUnsigned(next - event, next - old) < 0;
  }

  /** Asks to be woken at {@code event}; the caller looks at the ring again after it. */
  static void arm(MemorySegment memory, long eventOffset, int event) {
    indexRelease(memory, eventOffset, event);
    // Full fence: pairs with publish().
    VarHandle.fullFence();
  }
}
