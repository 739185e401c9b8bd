package io.myrixen.simulation.load;

import io.myrixen.mx.Endpoint;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Buffers of messages, stamped with their numbers at both ends. */
final class Buffers {

  /** A stamp's length, in bytes. */
  static final long STAMP_BYTES = Long.BYTES;

  private static final ValueLayout.OfLong STAMP = ValueLayout.JAVA_LONG_UNALIGNED;

  private Buffers() {}

  static MemorySegment of(Endpoint endpoint, boolean registered) {
    return registered
        ? endpoint.allocate(Load.MESSAGE_BYTES)
        : MemorySegment.ofArray(new byte[Load.MESSAGE_BYTES]);
  }

  static void stamp(MemorySegment buffer, long number) {
    buffer.set(STAMP, 0, number);
    buffer.set(STAMP, Load.MESSAGE_BYTES - STAMP_BYTES, number);
  }

  static boolean isStamped(MemorySegment buffer, long number) {
    return buffer.get(STAMP, 0) == number
        && buffer.get(STAMP, Load.MESSAGE_BYTES - STAMP_BYTES) == number;
  }
}
