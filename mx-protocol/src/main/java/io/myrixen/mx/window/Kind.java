package io.myrixen.mx.window;

/**
 * What a slot holds. Commands and events bear MXoE's packet types (reference: the MXoE wire,
 * "Packet types"), so that a command means the same whether it becomes a frame or not. Explicit
 * numbers: never reuse or renumber one.
 */
public final class Kind {

  /** Asks a NIC whether it is there. */
  public static final int HOST_QUERY = 3;

  /** Answers a HOST_QUERY. Event only: the NIC that was asked answers, no library does. */
  public static final int HOST_REPLY = 4;

  /** Acknowledges everything below its sequence number. MXoE's TRUC. */
  public static final int ACK = 35;

  /** Asks for a connection. */
  public static final int CONNECT_REQUEST = 36;

  /** A message of 0 to 32 bytes, in the slot. */
  public static final int TINY = 37;

  /** A message of up to 128 bytes, in the command's payload cell. */
  public static final int SMALL = 38;

  /**
   * A message of 129 bytes to 32 KiB, in up to eight send slots. Its event is the whole of it, or a
   * fragment if it came over a wire.
   */
  public static final int MEDIUM = 39;

  /** Announces a message that the receiver is to pull. */
  public static final int RNDV = 40;

  /** Pulls from another endpoint's RDMA window into one's own. Command only: the NIC serves it. */
  public static final int PULL = 41;

  /** Tells the sender of a rendezvous that its data has been taken. */
  public static final int NOTIFY = 43;

  /**
   * Refuses something sent: made by a NIC, or commanded by a library that has given its partner up
   * and hears from it again.
   */
  public static final int NACK = 44;

  /** Answers a CONNECT_REQUEST. One packet type with it on the wire; a number of its own here. */
  public static final int CONNECT_REPLY = 64;

  /** Completion: the receiver, on this NIC, had no room; send again when the credit epoch moves. */
  public static final int RECEIVER_FULL = 65;

  /** Completion: a pull has ended. */
  public static final int PULL_DONE = 66;

  private Kind() {}
}
