package io.myrixen.simulation.network;

/** What may become of a frame on its way. */
public enum Fate {
  /** Put into the queue towards a NIC; once for each NIC if flooded. */
  FORWARDED,
  /** Sent to all ports: a broadcast, or nobody knows where its destination is. */
  FLOODED,
  /** Lost on a link. */
  LOST,
  /** Damaged on a link, and dropped since its check sequence is wrong. */
  CORRUPTED,
  /** Came twice from a link. */
  DUPLICATED,
  /** Held back on a link, so that later ones overtook it. */
  REORDERED,
  /** Fell into a time in which the link stood still, and waited. */
  STALLED,
  /** Dropped since the queue towards a NIC was full. */
  QUEUE_FULL,
  /** Dropped since it would have arrived after its lifetime. */
  EXPIRED,
  /** Dropped between two ports that a partition keeps apart. */
  PARTITIONED,
  /** Dropped since the NIC had not taken those before it. */
  RING_FULL;
}
