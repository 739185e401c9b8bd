package io.myrixen.simulation.oracle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Contents of messages: for each key other bytes, in which every position differs from its
 * neighbours, so that what is shifted, swapped or of another message shows.
 */
public final class Pattern {

  /** What receive buffers hold before: not what any message is full of. */
  public static final byte UNTOUCHED = (byte) 0xC5;

  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Pattern() {}

  private static long word(long key, long index) {
    long z = (key + index) * GOLDEN;
    z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    return z ^ z >>> 31;
  }

  private static byte at(long key, long position) {
    return (byte) (word(key, position >>> 3) >>> (8 * (position & 7)));
  }

  /** Fills {@code segment}, which lies {@code position} bytes from the beginning of its message. */
  public static void fill(MemorySegment segment, long key, long position) {
    long length = segment.byteSize();
    long i = 0;
    for (; i < length && ((position + i) & 7) != 0; i++) {
      segment.set(ValueLayout.JAVA_BYTE, i, at(key, position + i));
    }
    for (; i + 8 <= length; i += 8) {
      segment.set(WORD, i, word(key, (position + i) >>> 3));
    }
    for (; i < length; i++) {
      segment.set(ValueLayout.JAVA_BYTE, i, at(key, position + i));
    }
  }

  /** Returns where {@code segment} differs from what {@link #fill} writes, or -1. */
  public static long mismatch(MemorySegment segment, long key, long position) {
    long length = segment.byteSize();
    long i = 0;
    for (; i < length && ((position + i) & 7) != 0; i++) {
      if (segment.get(ValueLayout.JAVA_BYTE, i) != at(key, position + i)) {
        return i;
      }
    }
    for (; i + 8 <= length; i += 8) {
      if (segment.get(WORD, i) != word(key, (position + i) >>> 3)) {
        return i;
      }
    }
    for (; i < length; i++) {
      if (segment.get(ValueLayout.JAVA_BYTE, i) != at(key, position + i)) {
        return i;
      }
    }
    return -1;
  }
}
