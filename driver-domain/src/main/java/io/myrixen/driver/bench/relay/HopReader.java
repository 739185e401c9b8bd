package io.myrixen.driver.bench.relay;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.myrixen.driver.guest.Load;
import java.lang.foreign.MemorySegment;

/** The reading end of a hop. Its position goes on from load to load. Confined to one thread. */
final class HopReader {

  private final MemorySegment hop;
  private long consumed;

  HopReader(MemorySegment hop) {
    this.hop = hop;
  }

  /** Whether the next message is there. */
  boolean ready(Load load) {
    // Acquire: pairs with HopWriter.publish.
    return (long) Hop.LONG.getAcquire(hop, line(load)) == consumed + 1;
  }

  /** Where the next message's line begins. */
  long line(Load load) {
    return Hop.line(consumed, load.buffers());
  }

  /** Where its cell begins. */
  long cell(Load load) {
    return Hop.cell(consumed, load);
  }

  /** The memory that line and cell lie in. */
  MemorySegment memory() {
    return hop;
  }

  long length(long line) {
    return hop.get(JAVA_LONG, line + Hop.LENGTH_OFFSET);
  }

  long buffers(long line) {
    return hop.get(JAVA_LONG, line + Hop.BUFFERS_OFFSET);
  }

  /** Gives line and cell back. */
  void release() {
    consumed++;
    // Release: what was read of them was read before they may be overwritten.
    Hop.LONG.setRelease(hop, Hop.CONSUMED_OFFSET, consumed);
  }
}
