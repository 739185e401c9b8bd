package io.myrixen.nic;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One end of a wire in memory: keeps frames until the other end's NIC takes them. */
final class MemoryPort implements Port {

  static final int MAX_FRAME_BYTES = 9216;

  private static final int CAPACITY = 256;

  private final MemorySegment frames = Arena.ofAuto().allocate((long) CAPACITY * MAX_FRAME_BYTES);
  private final int[] lengths = new int[CAPACITY];
  private int head;
  private int count;
  private MemoryPort other = this;

  /** Frames that transmit takes before it has to be set again. */
  int credit = Integer.MAX_VALUE;

  /** Whether {@link #sent} grows. */
  boolean recording = true;

  /** Copies of the frames transmitted. */
  final List<byte[]> sent = new ArrayList<>();

  /** Which frames transmitted get lost. */
  Predicate<byte[]> lost = _ -> false;

  void join(MemoryPort far) {
    other = far;
    far.other = this;
  }

  @Override
  public int maxFrameBytes() {
    return MAX_FRAME_BYTES;
  }

  @Override
  public int room() {
    return Math.min(credit, CAPACITY - other.count);
  }

  @Override
  public void transmit(MemorySegment memory, long offset, int lengthBytes) {
    if (room() == 0) {
      throw new IllegalStateException("no room");
    }
    credit = credit == Integer.MAX_VALUE ? credit : credit - 1;
    if (recording) {
      byte[] copy = memory.asSlice(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE);
      sent.add(copy);
      if (lost.test(copy)) {
        return;
      }
    }
    other.put(memory, offset, lengthBytes);
  }

  /** Lets a frame arrive here. */
  void put(MemorySegment memory, long offset, int lengthBytes) {
    if (count == CAPACITY) {
      throw new IllegalStateException("the far end takes no frames");
    }
    int slot = (head + count++) % CAPACITY;
    MemorySegment.copy(memory, offset, frames, (long) slot * MAX_FRAME_BYTES, lengthBytes);
    lengths[slot] = lengthBytes;
  }

  void put(byte[] frame) {
    put(MemorySegment.ofArray(frame), 0, frame.length);
  }

  @Override
  public int receive(FrameSink sink, int limit) {
    int taken = Math.min(count, limit);
    for (int i = 0; i < taken; i++) {
      int slot = head;
      sink.onFrame(frames, (long) slot * MAX_FRAME_BYTES, lengths[slot]);
      head = (head + 1) % CAPACITY;
      count--;
    }
    return taken;
  }
}
