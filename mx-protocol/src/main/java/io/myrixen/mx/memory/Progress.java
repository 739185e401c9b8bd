package io.myrixen.mx.memory;

/** What to make of the progress that a NIC claims in an RDMA window. */
final class Progress {

  private Progress() {}

  /**
   * Returns {@code claimed} if it can be true, else what was known before: a NIC that lies gets
   * wrong bytes or none, and cannot make us copy outside the ring.
   */
  static long judged(long claimed, long known, long watermark) {
    return claimed > known && claimed <= watermark ? claimed : known;
  }
}
