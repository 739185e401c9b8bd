package io.myrixen.mx.wire;

/**
 * Which MXoE two NICs speak. Nothing on the wire tells, and the profiles do not interoperate: both
 * ends of a network are configured with the same one. The numbers are those of the builds of
 * Open-MX that each is compatible with.
 */
public enum WireProfile {

  /** Native MX from 1.2.5 on, in Ethernet mode, and Open-MX built to talk to it. */
  MX_WIRE(4144, 4096, 4096, 8),

  /** Open-MX among itself on links that carry 9000 bytes: its default. */
  OPEN_MX_9000(9000, 8192, 8968, 32),

  /** Open-MX among itself on ordinary Ethernet. */
  OPEN_MX_1500(1500, 1452, 1468, 32);

  private final int maxFrameBytes;
  private final int mediumFragmentBytes;
  private final int pullReplyBytes;
  private final int repliesPerBlock;

  WireProfile(int maxFrameBytes, int mediumFragmentBytes, int pullReplyBytes, int repliesPerBlock) {
    this.maxFrameBytes = maxFrameBytes;
    this.mediumFragmentBytes = mediumFragmentBytes;
    this.pullReplyBytes = pullReplyBytes;
    this.repliesPerBlock = repliesPerBlock;
  }

  /** The largest frame, Ethernet header included, check sequence not. */
  public int maxFrameBytes() {
    return maxFrameBytes;
  }

  /** Bytes that every fragment of a medium message carries but the last. */
  public int mediumFragmentBytes() {
    return mediumFragmentBytes;
  }

  /** Bytes that every reply to a pull carries but the first and the last of the message. */
  public int pullReplyBytes() {
    return pullReplyBytes;
  }

  /** The most replies that one PULL may ask for. */
  public int repliesPerBlock() {
    return repliesPerBlock;
  }

  /** Whether MEDIUM and PULL have native MX's layout; Open-MX's among itself has wider fields. */
  boolean nativeMxLayout() {
    return this == MX_WIRE;
  }

  /** Bytes of the Ethernet header, the peer index and the header of a packet of {@code type}. */
  public int headerBytes(int type) {
    return Frame.BODY_OFFSET
        + switch (type) {
          case PacketType.MEDIUM, PacketType.RNDV, PacketType.CONNECT -> 32;
          case PacketType.PULL -> nativeMxLayout() ? 32 : 44;
          case PacketType.TINY, PacketType.SMALL, PacketType.NOTIFY -> 24;
          case PacketType.TRUC -> 28;
          case PacketType.RAW -> 48;
          default -> 16;
        };
  }
}
