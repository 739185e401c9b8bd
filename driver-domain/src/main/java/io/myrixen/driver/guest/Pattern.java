package io.myrixen.driver.guest;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Contents that depend on every bit of a seed and on every position, so that a message that is cut,
 * shifted, mixed up with another or delivered twice does not verify.
 */
final class Pattern {

  /** SplitMix64's increment and multipliers (Steele, Lea, Flood: OOPSLA 2014). */
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  /** What stands in a receive buffer, and behind it, before the message comes. */
  static final byte UNTOUCHED = (byte) 0xA5;

  private Pattern() {}

  private static long word(long seed, long position) {
    long z = seed + (position + 1) * GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Mixes {@code part} into {@code seed}. */
  static long mix(long seed, long part) {
    return word(seed, part);
  }

  /** Fills all of {@code segment}. */
  static void fill(MemorySegment segment, long seed) {
    long words = segment.byteSize() / Long.BYTES;
    for (long i = 0; i < words; i++) {
      segment.setAtIndex(JAVA_LONG_UNALIGNED, i, word(seed, i));
    }
    long last = word(seed, words);
    for (long at = words * Long.BYTES; at < segment.byteSize(); at++, last >>>= Byte.SIZE) {
      segment.set(JAVA_BYTE, at, (byte) last);
    }
  }

  /** Whether all of {@code segment} is as {@link #fill} left it at the sender. */
  static boolean matches(MemorySegment segment, long seed) {
    long words = segment.byteSize() / Long.BYTES;
    for (long i = 0; i < words; i++) {
      if (segment.getAtIndex(JAVA_LONG_UNALIGNED, i) != word(seed, i)) {
        return false;
      }
    }
    long last = word(seed, words);
    for (long at = words * Long.BYTES; at < segment.byteSize(); at++, last >>>= Byte.SIZE) {
      if (segment.get(JAVA_BYTE, at) != (byte) last) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing has written to {@code segment}. */
  static boolean untouched(MemorySegment segment) {
    for (long at = 0; at < segment.byteSize(); at++) {
      if (segment.get(JAVA_BYTE, at) != UNTOUCHED) {
        return false;
      }
    }
    return true;
  }
}
