package io.myrixen.driver.bench.relay;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.myrixen.driver.guest.Load;
import java.lang.invoke.VarHandle;

/**
 * One direction between two processes that trust each other: a ring of lines, each of which tells
 * by its number, stored last, that the rest of it is there, and a cell of memory for each line.
 *
 * <pre>
 *   0      number of the message, from 1
 *   8      its payload's bytes, with the sign bit set if it is the last
 *   16     sender's buffer (low half), receiver's buffer (high half)
 *   24     payload of up to 32 bytes
 *   56     unused
 * </pre>
 *
 * <p>Fields are in native byte order: both sides run on one machine. How the payload travels is
 * what an MX message of that size does: up to 32 bytes in the line; up to 32 KiB copied into the
 * cell, from cell to cell, and out of it; beyond that copied once, by the relay, from buffer to
 * buffer.
 */
final class Hop {

  /** Reader's position: how many messages it has consumed; alone on its lines. */
  static final long CONSUMED_OFFSET = 0;

  static final long LINES_OFFSET = 128;
  static final int LINE_BYTES = 64;
  private static final int MAX_LINES = 64;

  static final long LENGTH_OFFSET = 8;
  static final long BUFFERS_OFFSET = 16;
  static final long INLINE_OFFSET = 24;

  /** As a TINY message of MX. */
  static final int INLINE_MAX = 32;

  /** As a MEDIUM message of MX. */
  static final int COPIED_MAX = 32 << 10;

  static final long CELLS_OFFSET = 8192;
  private static final long CELL_BYTES = new Load(Load.Kind.STREAM, COPIED_MAX).memoryBytes();

  static final long BYTES = CELLS_OFFSET + CELL_BYTES;

  static final VarHandle LONG = JAVA_LONG.varHandle();

  static final long LAST = Long.MIN_VALUE;

  static {
    if (LINES_OFFSET + MAX_LINES * LINE_BYTES > CELLS_OFFSET) {
      throw new AssertionError("lines reach into the cells");
    }
  }

  private Hop() {}

  static long line(long position, int lines) {
    return LINES_OFFSET + (position & (lines - 1)) * LINE_BYTES;
  }

  static long cell(long position, Load load) {
    return CELLS_OFFSET + load.offset((int) (position & (load.buffers() - 1)));
  }
}
