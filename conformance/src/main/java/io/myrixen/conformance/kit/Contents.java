package io.myrixen.conformance.kit;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What messages are filled with: bytes that differ by message and by place. */
public final class Contents {

  private Contents() {}

  /** The byte of message {@code seed} at {@code offset}. */
  public static byte at(long seed, long offset) {
    long mixed = (seed * 31 + offset + 1) * 0x9E3779B97F4A7C15L;
    return (byte) (mixed >>> 56);
  }

  /** Fills {@code memory} with the beginning of message {@code seed}. */
  public static void fill(MemorySegment memory, long seed) {
    fill(memory, seed, 0);
  }

  /** Fills {@code memory} with what message {@code seed} has from {@code offset} on. */
  public static void fill(MemorySegment memory, long seed, long offset) {
    for (long i = 0; i < memory.byteSize(); i++) {
      memory.set(ValueLayout.JAVA_BYTE, i, at(seed, offset + i));
    }
  }

  /** Fails unless {@code memory} holds the beginning of message {@code seed}. */
  public static void verify(MemorySegment memory, long seed) {
    verify(memory, seed, 0);
  }

  /** Fails unless {@code memory} holds what message {@code seed} has from {@code offset} on. */
  public static void verify(MemorySegment memory, long seed, long offset) {
    for (long i = 0; i < memory.byteSize(); i++) {
      byte expected = at(seed, offset + i);
      byte actual = memory.get(ValueLayout.JAVA_BYTE, i);
      if (expected != actual) {
        throw new CaseFailure(
            "byte %d of %d: expected %#04x, got %#04x"
                .formatted(offset + i, offset + memory.byteSize(), expected, actual));
      }
    }
  }
}
