package io.myrixen.mx.wire;

/** First byte of a packet's body. MXoE's numbers; all others are reserved and dropped. */
public final class PacketType {

  /** For the mapper; here: discovery of peers. */
  public static final int RAW = 1;

  /** Asks a host for its name. */
  public static final int HOST_QUERY = 3;

  /** A host's name. */
  public static final int HOST_REPLY = 4;

  /** From library to library: an explicit acknowledgement. */
  public static final int TRUC = 35;

  /** Asks for a connection, or answers. */
  public static final int CONNECT = 36;

  /** A message of up to 32 bytes. */
  public static final int TINY = 37;

  /** A message of up to 128 bytes. */
  public static final int SMALL = 38;

  /** A fragment of a message of up to 32 KiB. */
  public static final int MEDIUM = 39;

  /** Announces a message that is to be pulled. */
  public static final int RNDV = 40;

  /** Asks for a block of an announced message. */
  public static final int PULL = 41;

  /** A frame of such a block. */
  public static final int PULL_REPLY = 42;

  /** Says that an announced message has been taken. */
  public static final int NOTIFY = 43;

  /** Refuses what a library sent. */
  public static final int NACK_LIB = 44;

  /** Refuses what a NIC sent: a PULL. */
  public static final int NACK_MCP = 45;

  private PacketType() {}
}
