package io.myrixen.driver.bench.relay;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.myrixen.driver.guest.Load;
import java.lang.foreign.MemorySegment;

/** The writing end of a hop. Its position goes on from load to load. Confined to one thread. */
final class HopWriter {

  private final MemorySegment hop;
  private long produced;
  private long consumedSeen;

  HopWriter(MemorySegment hop) {
    this.hop = hop;
  }

  /** Whether fewer messages are under way than the load has buffers. */
  boolean hasRoom(Load load) {
    int lines = load.buffers();
    if (produced - consumedSeen < lines) {
      return true;
    }
    // Acquire: pairs with HopReader.release. Cells given back are free from here on.
    consumedSeen = (long) Hop.LONG.getAcquire(hop, Hop.CONSUMED_OFFSET);
    return produced - consumedSeen < lines;
  }

  /** Where the line begins that the next message goes to. */
  long line(Load load) {
    return Hop.line(produced, load.buffers());
  }

  /** Where its cell begins. */
  long cell(Load load) {
    return Hop.cell(produced, load);
  }

  /** The memory that line and cell lie in. */
  MemorySegment memory() {
    return hop;
  }

  void head(long line, long length, long buffers) {
    hop.set(JAVA_LONG, line + Hop.LENGTH_OFFSET, length);
    hop.set(JAVA_LONG, line + Hop.BUFFERS_OFFSET, buffers);
  }

  /** Shows the message to the reader. */
  void publish(Load load) {
    long line = line(load);
    produced++;
    // Release: line and cell are written before the number that says so.
    Hop.LONG.setRelease(hop, line, produced);
  }
}
