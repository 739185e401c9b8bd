package io.myrixen.mx.endpoint;

import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The memory for messages that cannot be delivered yet, bounded. Blocks come in three sizes and are
 * used again, so that it allocates only while it grows.
 */
final class UnexpectedMemory {

  /** One of small messages, one of short medium ones, one of the longest medium message. */
  private static final int[] BLOCK_BYTES = {
    WindowLayout.SMALL_CELL_BYTES, WindowLayout.SEND_SLOT_BYTES, WindowLayout.MEDIUM_BYTES
  };

  /** What a message costs that needs no block: so that a flood of announcements is bounded too. */
  private static final int BARE_BYTES = 128;

  private static final int BARE = -1;

  private final long limitBytes;
  private final ArrayDeque<Incoming> pool = new ArrayDeque<>();
  private final ArrayDeque<MemorySegment> small = new ArrayDeque<>();
  private final ArrayDeque<MemorySegment> slot = new ArrayDeque<>();
  private final ArrayDeque<MemorySegment> medium = new ArrayDeque<>();
  private long usedBytes;
  private long peakBytes;

  UnexpectedMemory(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /**
   * Takes a message without memory; always possible, since the caller bounds how many there are.
   */
  Incoming takeBare() {
    Incoming message = pool.poll();
    if (message == null) {
      message = new Incoming();
    }
    message.sizeClass = BARE;
    use(BARE_BYTES);
    return message;
  }

  /**
   * Takes a message with memory for {@code lengthBytes}, at most 32 KiB, or without any for 0.
   *
   * @param early early messages get half the memory, so that those they wait for find some
   * @return null if the limit is reached
   */
  @Nullable Incoming take(long lengthBytes, boolean early) {
    int sizeClass = sizeClass(lengthBytes);
    long bytes = sizeClass == BARE ? BARE_BYTES : BARE_BYTES + BLOCK_BYTES[sizeClass];
    boolean only = usedBytes == 0 && !early; // The longest fits, whatever it costs beside itself.
    if (!only && usedBytes + bytes > (early ? limitBytes / 2 : limitBytes)) {
      return null;
    }
    Incoming message = takeBare();
    message.sizeClass = sizeClass;
    if (sizeClass != BARE) {
      use(BLOCK_BYTES[sizeClass]);
      MemorySegment block = blocks(sizeClass).poll();
      message.memory =
          block == null ? MemorySegment.ofArray(new byte[BLOCK_BYTES[sizeClass]]) : block;
    }
    return message;
  }

  /** Gives a message and its memory back. */
  void release(Incoming message) {
    strip(message);
    usedBytes -= BARE_BYTES;
    message.clear();
    pool.push(message);
  }

  /** Gives the memory of a message back whose payload nobody wants. */
  void strip(Incoming message) {
    MemorySegment block = message.memory;
    if (block != null) {
      usedBytes -= BLOCK_BYTES[message.sizeClass];
      blocks(message.sizeClass).push(block);
      message.memory = null;
    }
  }

  long usedBytes() {
    return usedBytes;
  }

  /** The most that was in use at once. */
  long peakBytes() {
    return peakBytes;
  }

  private void use(int bytes) {
    usedBytes += bytes;
    peakBytes = Math.max(peakBytes, usedBytes);
  }

  private static int sizeClass(long lengthBytes) {
    if (lengthBytes == 0) {
      return BARE;
    }
    int sizeClass = 0;
    while (BLOCK_BYTES[sizeClass] < lengthBytes) {
      sizeClass++;
    }
    return sizeClass;
  }

  private ArrayDeque<MemorySegment> blocks(int sizeClass) {
    return switch (sizeClass) {
      case 0 -> small;
      case 1 -> slot;
      default -> medium;
    };
  }
}
