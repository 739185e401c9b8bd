package io.myrixen.simulation.traffic;

import io.myrixen.simulation.oracle.Pattern;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A session's memory for messages one way: registered blocks of its own, and its application's
 * heap. What is not on loan for receives is {@link Pattern#UNTOUCHED}.
 */
final class Buffers {

  /** Holds most large messages. */
  private static final long BLOCK_BYTES = 256 << 10;

  private static final int BLOCKS = 2;

  /** What is taken of the registered memory. */
  static final long BYTES = BLOCKS * BLOCK_BYTES;

  /**
   * A buffer on loan.
   *
   * @param memory as long as was asked for
   * @param whole what it is taken from
   */
  record Loan(MemorySegment memory, MemorySegment whole) {}

  private final HeapBuffers heap;
  private final ArrayDeque<MemorySegment> blocks = new ArrayDeque<>();

  /**
   * Takes {@link #BYTES} bytes of registered memory.
   *
   * @param registered null if there is none
   */
  Buffers(HeapBuffers heap, @Nullable MemorySegment registered, long offset) {
    this.heap = heap;
    for (int i = 0; registered != null && i < BLOCKS; i++) {
      MemorySegment block = registered.asSlice(offset + i * BLOCK_BYTES, BLOCK_BYTES);
      block.fill(Pattern.UNTOUCHED);
      blocks.add(block);
    }
  }

  /** A buffer of {@code length} bytes; registered if wanted and there is one. */
  Loan take(long length, boolean registered) {
    MemorySegment whole =
        registered && length <= BLOCK_BYTES && !blocks.isEmpty()
            ? blocks.poll()
            : heap.take(length);
    return new Loan(whole.asSlice(0, length), whole);
  }

  /** Takes back what no request touches any more. */
  void give(Loan loan) {
    if (loan.whole().isNative()) {
      blocks.push(loan.whole());
    } else {
      heap.give(loan.whole());
    }
  }
}
