package io.myrixen.simulation.oracle;

import org.jspecify.annotations.Nullable;

/** A receive that an application posted. */
public final class Receive {

  final Station at;
  final int number;
  final long info;
  final long mask;
  final long capacity;

  /** When it was posted, in the oracle's order of things. */
  final long postedAt;

  /** What it got. */
  @Nullable Message message;

  /** What a probe showed to be the next that it would get. */
  @Nullable Message shown;

  /** Whether it was taken back, or ended with its endpoint. */
  boolean over;

  Receive(Station at, int number, long info, long mask, long capacity, long postedAt) {
    this.at = at;
    this.number = number;
    this.info = info;
    this.mask = mask;
    this.capacity = capacity;
    this.postedAt = postedAt;
  }

  boolean accepts(Message candidate) {
    return candidate.bears(info, mask);
  }

  /** Whether a probe had shown what it would get. */
  public boolean probed() {
    return shown != null;
  }

  @Override
  public String toString() {
    return "receive %d at %s (info %x, mask %x, %d bytes)"
        .formatted(number, at, info, mask, capacity);
  }
}
