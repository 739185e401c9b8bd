package io.myrixen.simulation.traffic;

import io.myrixen.simulation.oracle.Pattern;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Buffers on the heap, used again. */
final class HeapBuffers {

  private static final int CLASSES = 22;

  /** By the power of two that they have bytes of. */
  private final List<ArrayDeque<MemorySegment>> free = new ArrayList<>();

  HeapBuffers() {
    for (int i = 0; i < CLASSES; i++) {
      free.add(new ArrayDeque<>());
    }
  }

  /** At least {@code length} bytes. */
  MemorySegment take(long length) {
    int log2 = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, length) - 1);
    MemorySegment buffer = free.get(log2).poll();
    if (buffer == null) {
      buffer = MemorySegment.ofArray(new byte[1 << log2]);
      buffer.fill(Pattern.UNTOUCHED);
    }
    return buffer;
  }

  void give(MemorySegment buffer) {
    free.get(Long.numberOfTrailingZeros(buffer.byteSize())).push(buffer);
  }
}
