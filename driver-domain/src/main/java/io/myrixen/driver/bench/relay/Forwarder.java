package io.myrixen.driver.bench.relay;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.myrixen.driver.guest.Load;
import java.lang.foreign.MemorySegment;

/** The relay: carries messages from either end to the other one. */
final class Forwarder {

  /** Messages of one direction in a row. */
  private static final int BATCH = 64;

  private final RelayMemory memory;
  private final HopReader fromA;
  private final HopWriter toA;
  private final HopReader fromB;
  private final HopWriter toB;

  /** Whether the last message of the load has been carried; what B answers is the last to pass. */
  private boolean last;

  Forwarder(RelayMemory memory) {
    this.memory = memory;
    this.fromA = new HopReader(memory.toRelay(Role.A));
    this.toA = new HopWriter(memory.fromRelay(Role.A));
    this.fromB = new HopReader(memory.toRelay(Role.B));
    this.toB = new HopWriter(memory.fromRelay(Role.B));
  }

  /** Carries until B has answered the last message. */
  void run(Load load, int pauses) {
    MemorySegment a = memory.buffers(Role.A);
    MemorySegment b = memory.buffers(Role.B);
    var idle = new Idle(pauses);
    last = false;
    while (!last) {
      int carried = carry(load, fromA, toB, a, b);
      last = false; // B's answer to it is still to come.
      carried += carry(load, fromB, toA, b, a);
      if (carried > 0) {
        idle.reset();
      } else {
        idle.pause();
      }
    }
  }

  private int carry(
      Load load, HopReader in, HopWriter out, MemorySegment source, MemorySegment target) {
    int carried = 0;
    while (carried < BATCH && in.ready(load) && out.hasRoom(load)) {
      long inLine = in.line(load);
      long outLine = out.line(load);
      long length = in.length(inLine);
      long buffers = in.buffers(inLine);
      out.head(outLine, length, buffers);
      int bytes = (int) length;
      if (bytes <= Hop.INLINE_MAX) {
        for (long at = Hop.INLINE_OFFSET; at < Hop.INLINE_OFFSET + bytes; at += Long.BYTES) {
          out.memory().set(JAVA_LONG, outLine + at, in.memory().get(JAVA_LONG, inLine + at));
        }
      } else if (bytes <= Hop.COPIED_MAX) {
        MemorySegment.copy(in.memory(), in.cell(load), out.memory(), out.cell(load), bytes);
      } else {
        long sourceAt = load.offset((int) buffers);
        long targetAt = load.offset((int) (buffers >>> Integer.SIZE));
        MemorySegment.copy(source, sourceAt, target, targetAt, bytes);
      }
      last |= length < 0;
      out.publish(load);
      in.release();
      carried++;
    }
    return carried;
  }
}
