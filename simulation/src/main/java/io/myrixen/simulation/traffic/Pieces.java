package io.myrixen.simulation.traffic;

import io.myrixen.simulation.oracle.Pattern;
import io.myrixen.simulation.oracle.ViolationException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A buffer cut into segments that lie in it in reverse order, so that who mixes them up shows it.
 */
final class Pieces {

  private static final int MOST_PIECES = 9;

  /** How far past what was received a look goes. */
  private static final int LOOK_BYTES = 64;

  private final List<MemorySegment> segments = new ArrayList<>();

  private Pieces() {}

  static Pieces whole(MemorySegment buffer) {
    var pieces = new Pieces();
    pieces.segments.add(buffer);
    return pieces;
  }

  /** Cuts {@code buffer} at random places; pieces may be empty. */
  static Pieces cut(MemorySegment buffer, RandomGenerator random) {
    long[] cuts = new long[random.nextInt(MOST_PIECES)];
    for (int i = 0; i < cuts.length; i++) {
      cuts[i] = random.nextLong(buffer.byteSize() + 1);
    }
    Arrays.sort(cuts);
    var pieces = new Pieces();
    long end = buffer.byteSize();
    for (int i = cuts.length - 1; i >= 0; i--) {
      pieces.segments.add(buffer.asSlice(cuts[i], end - cuts[i]));
      end = cuts[i];
    }
    pieces.segments.add(buffer.asSlice(0, end));
    return pieces;
  }

  List<MemorySegment> segments() {
    return segments;
  }

  void fill(long key) {
    long position = 0;
    for (MemorySegment segment : segments) {
      Pattern.fill(segment, key, position);
      position += segment.byteSize();
    }
  }

  /** Makes the first {@code length} bytes untouched again. */
  void clear(long length) {
    long position = 0;
    for (MemorySegment segment : segments) {
      segment
          .asSlice(0, Math.clamp(length - position, 0, segment.byteSize()))
          .fill(Pattern.UNTOUCHED);
      position += segment.byteSize();
    }
  }

  /**
   * Checks that the first {@code length} bytes are the message's, and the next were not touched.
   */
  void check(long key, long length) {
    long position = 0;
    for (MemorySegment segment : segments) {
      long inside = Math.clamp(length - position, 0, segment.byteSize());
      long wrong = Pattern.mismatch(segment.asSlice(0, inside), key, position);
      if (wrong >= 0) {
        throw new ViolationException(
            "contents differ at byte %d of %d, key %x".formatted(position + wrong, length, key));
      }
      checkUntouched(segment.asSlice(inside), position + inside, length);
      position += segment.byteSize();
    }
  }

  private static void checkUntouched(MemorySegment rest, long position, long length) {
    long look = Math.min(rest.byteSize(), LOOK_BYTES);
    for (long i = 0; i < look; i++) {
      if (rest.get(ValueLayout.JAVA_BYTE, i) != Pattern.UNTOUCHED) {
        throw new ViolationException(
            "byte %d was written by a message of %d".formatted(position + i, length));
      }
    }
  }
}
