package io.myrixen.nic;

import java.lang.foreign.MemorySegment;

/** Memory that pulls of one endpoint, or from it, may reach. Compared by identity. */
final class Region {

  private final MemorySegment memory;
  private final boolean writable;

  Region(MemorySegment memory, boolean writable) {
    this.memory = memory;
    this.writable = writable;
  }

  MemorySegment memory() {
    return memory;
  }

  boolean writable() {
    return writable;
  }
}
