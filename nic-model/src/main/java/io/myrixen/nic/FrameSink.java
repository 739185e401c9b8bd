package io.myrixen.nic;

import java.lang.foreign.MemorySegment;

/** Takes frames from a {@link Port}. */
@FunctionalInterface
public interface FrameSink {

  /**
   * Takes one frame, whatever its bytes are.
   *
   * @param memory nobody writes to it during the call, and it is the port's again afterwards
   */
  void onFrame(MemorySegment memory, long offset, int lengthBytes);
}
