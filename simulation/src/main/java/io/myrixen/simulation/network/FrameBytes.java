package io.myrixen.simulation.network;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The few bytes of a frame that a switch reads. */
final class FrameBytes {

  private static final int ADDRESS_BYTES = 6;

  private FrameBytes() {}

  /** The Ethernet address at {@code offset}, its first byte most significant. */
  static long address(MemorySegment memory, long offset) {
    long address = 0;
    for (int i = 0; i < ADDRESS_BYTES; i++) {
      address = address << Byte.SIZE | (memory.get(ValueLayout.JAVA_BYTE, offset + i) & 0xFF);
    }
    return address;
  }

  static void set(MemorySegment memory, long offset, byte value) {
    memory.set(ValueLayout.JAVA_BYTE, offset, value);
  }
}
