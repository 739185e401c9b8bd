package io.myrixen.nic;

import java.lang.foreign.MemorySegment;

/**
 * Where the NIC meets a wire: whole Ethernet frames, without their check sequence. A frame whose
 * check sequence is wrong is not there. Only the NIC's thread calls; nothing blocks.
 *
 * <p>Whoever brings frames while the NIC's thread sleeps ends its sleep, as an event channel does.
 */
public interface Port {

  /** Bytes of the longest frame it carries, both ways. */
  int maxFrameBytes();

  /**
   * How many frames {@link #transmit} takes now, each of any length. It may grow at any time, and
   * shrinks by one with each frame.
   */
  int room();

  /**
   * Takes a copy of one frame, which has 60 bytes at least. There is room for it.
   *
   * @param memory is the caller's again when this returns
   */
  void transmit(MemorySegment memory, long offset, int lengthBytes);

  /**
   * Hands frames that have arrived to {@code sink}, the oldest first.
   *
   * @param limit frames at most
   * @return how many there were
   */
  int receive(FrameSink sink, int limit);
}
