package io.myrixen.mx.wire;

import java.lang.foreign.MemorySegment;

/**
 * One frame, copied out of a port's memory or about to be written into it: all fields but the
 * payload, which stays where it is. Mutable and reused, so that a frame costs no object; confined
 * to the thread of its owner. Which fields mean something depends on the type, see the diagrams of
 * the packages' codecs and docs/wire.md.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                        Destination MAC                        |
 *  +                               +-------------------------------+
 *  |                               |          Source MAC           |
 *  +-------------------------------+                               +
 *  |                                                               |
 *  +-------------------------------+-------------------------------+
 *  |       EtherType 0x86DF        |          Peer index           |
 *  +---------------+---------------+-------------------------------+
 *  |     Type      |                Body, by type                 ...
 *  +---------------+-----------------------------------------------+
 * </pre>
 *
 * <p>All numbers are in network byte order. The frame check sequence is the port's business.
 */
public final class Frame {

  /** Where the body begins. */
  public static final int BODY_OFFSET = 16;

  /** Bytes that every frame has at least: Ethernet's minimum without the check sequence. */
  public static final int MIN_FRAME_BYTES = 60;

  /** The peer index of one who does not know it. */
  public static final int UNKNOWN_INDEX = 0xFFFF;

  /** The destination of discovery. */
  public static final long BROADCAST = 0xFFFF_FFFF_FFFFL;

  /** Bytes that {@link #write} zeroes first: the longest header, and the longest minimum. */
  private static final int CLEARED_BYTES = 64;

  static final int SOURCE_OFFSET = 6;
  static final int ETHERTYPE_OFFSET = SOURCE_OFFSET + 6;
  static final int PEER_INDEX_OFFSET = ETHERTYPE_OFFSET + Short.BYTES;

  /** MAC it goes to, 48 bits. */
  public long destination;

  /** MAC it comes from, 48 bits. */
  public long source;

  /** Index under which the receiver knows the sender, or {@link #UNKNOWN_INDEX}. */
  public int peerIndex;

  /** One of {@link PacketType}. */
  public int type;

  /** Id of the endpoint it goes to, 0 to 255. */
  public int destinationEndpoint;

  /** Id of the endpoint it comes from, 0 to 255. */
  public int sourceEndpoint;

  /** Generation of the endpoint it comes from, 0 to 255; 0 in all we send. */
  public int sourceGeneration;

  /** Session, of the destination endpoint where there is one; a CONNECT bears the connector's. */
  public int session;

  /**
   * MX's {@code lib_seqnum}, 16 bits. TRUC: the next number expected; NACK_LIB: the refused one.
   */
  public int sequence;

  /** MX's {@code lib_piggyack}, 16 bits. */
  public int ack;

  /** Match info of the message. */
  public long matchInfo;

  /**
   * Bytes of the message (TINY, SMALL, MEDIUM, RNDV), of the whole pull (PULL) or taken (NOTIFY).
   */
  public long lengthBytes;

  /** Checksum of the whole message; 0 where nobody computes it. */
  public int checksum;

  /** MEDIUM: where the payload lies in the message. */
  public long fragmentOffset;

  /** MEDIUM: bytes of every fragment but the last; a power of two in {@code MX_WIRE}. */
  public int fragmentUnit;

  /** RNDV, PULL, NOTIFY: id of the data owner's RDMA window. */
  public int windowId;

  /** RNDV, PULL, NOTIFY: generation of the data owner's RDMA window. */
  public int windowGeneration;

  /** RNDV, PULL: where the message begins in the window; 16 bits on most wires. */
  public long windowOffset;

  /** PULL, PULL_REPLY, NACK_MCP: the puller's handle, echoed. */
  public int pullHandle;

  /** PULL, PULL_REPLY, NACK_MCP: the puller's magic, echoed. */
  public int pullMagic;

  /** PULL: how far into its first frame the block begins, in bytes. */
  public int firstFrameOffset;

  /** PULL: bytes of the block. */
  public int blockBytes;

  /** PULL: index of the block's first frame in the whole pull, unsigned 32 bits. */
  public long frameIndex;

  /** PULL_REPLY: index of the frame in the whole pull, modulo 256. */
  public int frameSequence;

  /** PULL_REPLY: where the payload lies in the message. */
  public long messageOffset;

  /** CONNECT: whether it is the reply. */
  public boolean reply;

  /** CONNECT request: the key; CONNECT reply: the replier's session. */
  public int keyOrSession;

  /** CONNECT: the number that its sender expects to receive next, 16 bits. */
  public int receiveSequenceStart;

  /** CONNECT: the connect's number, 8 bits. */
  public int connectSequence;

  /** CONNECT reply: 0, or a status. */
  public int connectStatus;

  /**
   * CONNECT, HOST_QUERY, HOST_REPLY: index under which its sender knows the receiver; NACK_LIB as
   * well.
   */
  public int reverseIndex;

  /** HOST_QUERY, HOST_REPLY: the query's magic. RAW: the serial of the sender's start. */
  public int magic;

  /** RAW: the NIC id of who tells of itself. */
  public long nicId;

  /** TRUC: the ack's number. */
  public int ackNumber;

  /** TRUC: the sender's own next sequence number; for people. */
  public int nextSequence;

  /** TRUC: how often the sender has sent something again; for people. */
  public int resent;

  /** NACK_LIB, NACK_MCP: MX's nack type, 1 to 4. */
  public int nackType;

  /** Where the payload begins, in bytes from the beginning of the frame. */
  public int payloadOffset;

  /**
   * Bytes of payload: of TINY, SMALL, MEDIUM and PULL_REPLY, and the name in HOST_REPLY, its zero
   * included.
   */
  public int payloadBytes;

  /**
   * Copies every field of the frame of {@code length} bytes at {@code offset}, each once, and
   * judges it. Never throws whatever the bytes are; touches none beyond {@code length}.
   *
   * @param length bytes of the frame, without check sequence; the memory has them
   * @return {@link FrameFault#NONE}; any other leaves fields that mean nothing
   */
  public FrameFault read(MemorySegment memory, long offset, int length, WireProfile profile) {
    clear(); // What a type has not is not what the frame before had.
    if (length <= BODY_OFFSET) {
      return FrameFault.TOO_SHORT;
    }
    if (WireBytes.u16(memory, offset + ETHERTYPE_OFFSET) != WireBytes.ETHERTYPE) {
      return FrameFault.OTHER_PROTOCOL;
    }
    if (length > profile.maxFrameBytes()) {
      return FrameFault.TOO_LONG;
    }
    destination = WireBytes.u48(memory, offset);
    source = WireBytes.u48(memory, offset + SOURCE_OFFSET);
    peerIndex = WireBytes.u16(memory, offset + PEER_INDEX_OFFSET);
    type = WireBytes.u8(memory, offset + BODY_OFFSET);
    payloadOffset = profile.headerBytes(type);
    payloadBytes = 0;
    if (length < payloadOffset) {
      return FrameFault.TOO_SHORT;
    }
    FrameFault fault = readBody(memory, offset + BODY_OFFSET, length, profile);
    return fault == FrameFault.NONE && payloadBytes > length - payloadOffset
        ? FrameFault.BAD_LENGTH
        : fault;
  }

  private FrameFault readBody(MemorySegment memory, long body, int length, WireProfile profile) {
    return switch (type) {
      case PacketType.TINY, PacketType.SMALL -> MessageCodec.readEager(memory, body, this);
      case PacketType.MEDIUM -> MessageCodec.readMedium(memory, body, this, profile);
      case PacketType.RNDV -> MessageCodec.readRndv(memory, body, this);
      case PacketType.PULL -> PullCodec.readPull(memory, body, this, profile);
      case PacketType.PULL_REPLY -> PullCodec.readReply(memory, body, this, profile);
      case PacketType.NOTIFY -> PullCodec.readNotify(memory, body, this);
      case PacketType.TRUC -> AnswerCodec.readTruc(memory, body, this);
      case PacketType.NACK_LIB -> AnswerCodec.readNackLib(memory, body, this);
      case PacketType.NACK_MCP -> AnswerCodec.readNackMcp(memory, body, this);
      case PacketType.CONNECT -> PeerCodec.readConnect(memory, body, this);
      case PacketType.HOST_QUERY -> PeerCodec.readHostQuery(memory, body, this);
      case PacketType.HOST_REPLY -> PeerCodec.readHostReply(memory, body, length, this);
      case PacketType.RAW -> PeerCodec.readDiscovery(memory, body, this);
      default -> FrameFault.UNKNOWN_TYPE;
    };
  }

  /**
   * Writes everything but the payload to {@code offset}, reserved bytes and padding zeroed, and
   * sets {@link #payloadOffset}, where the payload is to be put afterwards. Of the fields, those
   * that the type does not have are ignored. The memory has 64 bytes at least.
   *
   * @return bytes of the whole frame, padding included
   */
  public int write(MemorySegment memory, long offset, WireProfile profile) {
    WireBytes.zero(memory, offset, CLEARED_BYTES);
    WireBytes.put48(memory, offset, destination);
    WireBytes.put48(memory, offset + SOURCE_OFFSET, source);
    WireBytes.put16(memory, offset + ETHERTYPE_OFFSET, WireBytes.ETHERTYPE);
    WireBytes.put16(memory, offset + PEER_INDEX_OFFSET, peerIndex);
    long body = offset + BODY_OFFSET;
    WireBytes.put8(memory, body, type);
    switch (type) {
      case PacketType.TINY, PacketType.SMALL -> MessageCodec.writeEager(memory, body, this);
      case PacketType.MEDIUM -> MessageCodec.writeMedium(memory, body, this, profile);
      case PacketType.RNDV -> MessageCodec.writeRndv(memory, body, this);
      case PacketType.PULL -> PullCodec.writePull(memory, body, this, profile);
      case PacketType.PULL_REPLY -> PullCodec.writeReply(memory, body, this);
      case PacketType.NOTIFY -> PullCodec.writeNotify(memory, body, this);
      case PacketType.TRUC -> AnswerCodec.writeTruc(memory, body, this);
      case PacketType.NACK_LIB -> AnswerCodec.writeNackLib(memory, body, this);
      case PacketType.NACK_MCP -> AnswerCodec.writeNackMcp(memory, body, this);
      case PacketType.CONNECT -> PeerCodec.writeConnect(memory, body, this);
      case PacketType.HOST_QUERY, PacketType.HOST_REPLY -> PeerCodec.writeHost(memory, body, this);
      case PacketType.RAW -> PeerCodec.writeDiscovery(memory, body, this);
      default -> throw new IllegalArgumentException("no such packet type: " + type);
    }
    payloadOffset = profile.headerBytes(type);
    return Math.max(MIN_FRAME_BYTES, payloadOffset + (hasPayload() ? payloadBytes : 0));
  }

  private boolean hasPayload() {
    return switch (type) {
      case PacketType.TINY,
          PacketType.SMALL,
          PacketType.MEDIUM,
          PacketType.PULL_REPLY,
          PacketType.HOST_REPLY ->
          true;
      default -> false;
    };
  }

  /** Zeroes every field, so that nothing of the last frame gets into the next. */
  public Frame clear() {
    destination = 0;
    source = 0;
    peerIndex = 0;
    type = 0;
    destinationEndpoint = 0;
    sourceEndpoint = 0;
    sourceGeneration = 0;
    session = 0;
    sequence = 0;
    ack = 0;
    matchInfo = 0;
    lengthBytes = 0;
    checksum = 0;
    fragmentOffset = 0;
    fragmentUnit = 0;
    windowId = 0;
    windowGeneration = 0;
    windowOffset = 0;
    pullHandle = 0;
    pullMagic = 0;
    firstFrameOffset = 0;
    blockBytes = 0;
    frameIndex = 0;
    frameSequence = 0;
    messageOffset = 0;
    reply = false;
    keyOrSession = 0;
    receiveSequenceStart = 0;
    connectSequence = 0;
    connectStatus = 0;
    reverseIndex = 0;
    magic = 0;
    nicId = 0;
    ackNumber = 0;
    nextSequence = 0;
    resent = 0;
    nackType = 0;
    payloadOffset = 0;
    payloadBytes = 0;
    return this;
  }
}
