package io.myrixen.simulation.network;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;

/** Memory of frames, used again. Native, as that of real rings is. */
final class FramePool {

  /** Frames begin on cache lines. */
  private static final int ALIGNMENT_BYTES = 64;

  private final Arena arena = Arena.ofAuto();
  private final ArrayDeque<Frame> free = new ArrayDeque<>();
  private final int maxFrameBytes;
  private int made;

  FramePool(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /** A frame that one has. */
  Frame take() {
    Frame frame = free.poll();
    if (frame == null) {
      frame = new Frame(arena.allocate(maxFrameBytes, ALIGNMENT_BYTES));
      made++;
    }
    frame.hold();
    return frame;
  }

  /** One that had it has it no more. */
  void drop(Frame frame) {
    if (frame.drop()) {
      free.push(frame);
    }
  }

  /** Frames under way. */
  int outside() {
    return made - free.size();
  }
}
