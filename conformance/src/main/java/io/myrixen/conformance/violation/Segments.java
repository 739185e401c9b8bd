package io.myrixen.conformance.violation;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** What violations do with a message's memory. */
final class Segments {

  private Segments() {}

  static long length(List<MemorySegment> segments) {
    long length = 0;
    for (MemorySegment segment : segments) {
      length += segment.byteSize();
    }
    return length;
  }

  /** All of it, in one new piece. */
  static MemorySegment copy(List<MemorySegment> segments) {
    MemorySegment copy = MemorySegment.ofArray(new byte[Math.toIntExact(length(segments))]);
    long offset = 0;
    for (MemorySegment segment : segments) {
      copy.asSlice(offset, segment.byteSize()).copyFrom(segment);
      offset += segment.byteSize();
    }
    return copy;
  }
}
