package io.myrixen.driver.bench.relay;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.myrixen.driver.guest.Line;
import io.myrixen.driver.guest.Load;
import io.myrixen.driver.guest.Samples;
import java.lang.foreign.MemorySegment;

/** A or B: does with the bare relay what two guests do with MX. Confined to one thread. */
final class End {

  /** What an echo must bring back, in its first and its last byte. */
  private static final byte MARK = 0x5B;

  private final MemorySegment buffers;
  private final HopWriter out;
  private final HopReader in;
  private final Samples samples = new Samples();
  private Idle idle = new Idle(0);

  End(RelayMemory memory, Role role) {
    this.buffers = memory.buffers(role);
    this.out = new HopWriter(memory.toRelay(role));
    this.in = new HopReader(memory.fromRelay(role));
  }

  /** Drives {@code load} and answers what it measured. */
  Line drive(Load load, long budgetNs, int pauses) {
    idle = new Idle(pauses);
    samples.begin(budgetNs);
    switch (load.kind()) {
      case ECHO -> driveEcho(load);
      case STREAM -> driveStream(load);
    }
    return samples.line();
  }

  /** The other side of {@link #drive}. */
  void serve(Load load, int pauses) {
    idle = new Idle(pauses);
    switch (load.kind()) {
      case ECHO -> serveEcho(load);
      case STREAM -> serveStream(load);
    }
  }

  private void driveEcho(Load load) {
    buffers.asSlice(load.offset(0), load.bytes()).fill(MARK);
    buffers.asSlice(load.offset(1), load.bytes()).fill((byte) 0);
    int at = 0;
    boolean last;
    do {
      long startNs = System.nanoTime();
      last = samples.endsAfter(startNs);
      send(load, load.bytes(), at, at, last);
      receive(load);
      samples.add(startNs, System.nanoTime());
      at = 1 - at;
    } while (!last);
    MemorySegment echo = buffers.asSlice(load.offset(at), load.bytes());
    if (echo.mismatch(buffers.asSlice(load.offset(1 - at), load.bytes())) >= 0
        || echo.get(JAVA_BYTE, load.bytes() - 1) != MARK) {
      throw new IllegalStateException("an echo brought back something else");
    }
  }

  private void serveEcho(Load load) {
    int at = 0;
    boolean last;
    do {
      last = receive(load);
      send(load, load.bytes(), at, 1 - at, last);
      at = 1 - at;
    } while (!last);
  }

  private void driveStream(Load load) {
    int window = load.window();
    int mask = load.buffers() - 1;
    boolean last;
    do {
      long startNs = System.nanoTime();
      last = samples.endsAfter(startNs);
      for (int i = 0; i < window; i++) {
        awaitRoom(load); // Until then the relay may still be reading the buffer.
        buffers.asSlice(load.offset(i & mask), load.bytes()).fill((byte) i);
        send(load, load.bytes(), i & mask, i & mask, last && i == window - 1);
      }
      receive(load);
      samples.add(startNs, System.nanoTime());
    } while (!last);
  }

  private void serveStream(Load load) {
    int window = load.window();
    boolean last;
    do {
      last = false;
      for (int i = 0; i < window; i++) {
        last = receive(load);
      }
      send(load, 0, 0, 0, last);
    } while (!last);
  }

  private void send(Load load, int bytes, int from, int to, boolean last) {
    awaitRoom(load);
    MemorySegment hop = out.memory();
    long line = out.line(load);
    long source = load.offset(from);
    out.head(line, last ? Hop.LAST | bytes : bytes, (long) to << Integer.SIZE | from);
    if (bytes <= Hop.INLINE_MAX) {
      for (int at = 0; at < bytes; at += Long.BYTES) {
        hop.set(
            JAVA_LONG,
            line + Hop.INLINE_OFFSET + at,
            buffers.get(JAVA_LONG_UNALIGNED, source + at));
      }
    } else if (bytes <= Hop.COPIED_MAX) {
      MemorySegment.copy(buffers, source, hop, out.cell(load), bytes);
    }
    out.publish(load);
  }

  private void awaitRoom(Load load) {
    idle.reset();
    while (!out.hasRoom(load)) {
      idle.pause();
    }
  }

  /** Returns whether it was the last message. */
  private boolean receive(Load load) {
    idle.reset();
    while (!in.ready(load)) {
      idle.pause();
    }
    MemorySegment hop = in.memory();
    long line = in.line(load);
    long length = in.length(line);
    int bytes = (int) length;
    long target = load.offset((int) (in.buffers(line) >>> Integer.SIZE));
    if (bytes <= Hop.INLINE_MAX) {
      for (int at = 0; at < bytes; at += Long.BYTES) {
        buffers.set(
            JAVA_LONG_UNALIGNED, target + at, hop.get(JAVA_LONG, line + Hop.INLINE_OFFSET + at));
      }
    } else if (bytes <= Hop.COPIED_MAX) {
      MemorySegment.copy(hop, in.cell(load), buffers, target, bytes);
    }
    in.release();
    return length < 0;
  }
}
