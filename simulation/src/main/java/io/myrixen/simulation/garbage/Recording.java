package io.myrixen.simulation.garbage;

import io.myrixen.nic.FrameSink;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Some of the frames that NICs have sent, old ones and new ones. */
final class Recording implements FrameSink {

  private static final int FRAMES = 128;

  private final RandomGenerator random;
  private final List<byte[]> frames = new ArrayList<>();

  Recording(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public void onFrame(MemorySegment memory, long offset, int lengthBytes) {
    byte[] bytes = memory.asSlice(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE);
    if (frames.size() < FRAMES) {
      frames.add(bytes);
    } else {
      frames.set(random.nextInt(FRAMES), bytes);
    }
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /** A copy of one of them. */
  byte[] draw() {
    return frames.get(random.nextInt(frames.size())).clone();
  }
}
