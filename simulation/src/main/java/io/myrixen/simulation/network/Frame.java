package io.myrixen.simulation.network;

import java.lang.foreign.MemorySegment;

/** A frame under way, in memory of its own. Several ports may wait for the same one. */
final class Frame {

  final MemorySegment memory;
  int lengthBytes;

  /** The port that it came from. */
  int source;

  /** When its last bit left the NIC. */
  long sentNs;

  /** Events and queues that still have it. */
  private int holders;

  Frame(MemorySegment memory) {
    this.memory = memory;
  }

  void hold() {
    holders++;
  }

  /** Returns whether nobody has it any more. */
  boolean drop() {
    return --holders == 0;
  }
}
