package io.myrixen.mx.wire;

import java.lang.foreign.MemorySegment;

/**
 * A packet as what it means: for people, who want to see it, and for tests, which want to make one.
 * The data path uses {@link Frame}.
 */
public sealed interface WirePacket {

  /** The Ethernet header, and the index under which the receiver knows the sender. */
  record Head(long destination, long source, int peerIndex) {}

  /** Endpoint ids, and the generation of the source's. */
  record Ends(int destination, int source, int sourceGeneration) {}

  /** What every message bears. */
  record Envelope(Ends ends, int sequence, int ack, long matchInfo, int session, int checksum) {}

  /** What names the data of an announced message. */
  record Window(int id, int generation) {}

  /** What a puller is given back. */
  record Puller(int handle, int magic) {}

  /** RAW: a NIC tells of itself. */
  record Discovery(Head head, long nicId, int serial) implements WirePacket {}

  /** HOST_QUERY. */
  record HostQuery(Head head, int reverseIndex, int magic) implements WirePacket {}

  /** HOST_REPLY. */
  record HostReply(Head head, int reverseIndex, int magic, String hostname) implements WirePacket {}

  /** CONNECT, the request. */
  record ConnectRequest(
      Head head,
      Ends ends,
      int reverseIndex,
      int session,
      int key,
      int receiveSequenceStart,
      int connectSequence)
      implements WirePacket {}

  /** CONNECT, the reply; {@code session} is the connector's. */
  record ConnectReply(
      Head head,
      Ends ends,
      int reverseIndex,
      int session,
      int replierSession,
      int receiveSequenceStart,
      int connectSequence,
      int status)
      implements WirePacket {}

  /** TINY. */
  record Tiny(Head head, Envelope envelope, Payload payload) implements WirePacket {}

  /** SMALL. */
  record Small(Head head, Envelope envelope, Payload payload) implements WirePacket {}

  /** MEDIUM: a fragment. */
  record Medium(
      Head head,
      Envelope envelope,
      int lengthBytes,
      int fragmentIndex,
      int fragmentUnit,
      Payload payload)
      implements WirePacket {}

  /** RNDV. */
  record Rndv(Head head, Envelope envelope, long lengthBytes, Window window, int windowOffset)
      implements WirePacket {}

  /** PULL. */
  record Pull(
      Head head,
      Ends ends,
      int session,
      long lengthBytes,
      Window window,
      long windowOffset,
      Puller puller,
      int firstFrameOffset,
      int blockBytes,
      long frameIndex)
      implements WirePacket {}

  /** PULL_REPLY. */
  record PullReply(Head head, int frameSequence, long messageOffset, Puller puller, Payload payload)
      implements WirePacket {}

  /** NOTIFY. */
  record Notify(
      Head head, Ends ends, int session, long lengthBytes, Window window, int sequence, int ack)
      implements WirePacket {}

  /** TRUC, the only kind that there is: an acknowledgement. */
  record Ack(
      Head head, Ends ends, int session, int sequence, int ackNumber, int nextSequence, int resent)
      implements WirePacket {}

  /** NACK_LIB. */
  record NackLib(Head head, Ends ends, int nackType, int reverseIndex, int sequence)
      implements WirePacket {}

  /** NACK_MCP; it names no destination endpoint, the handle does. */
  record NackMcp(Head head, int sourceEndpoint, int sourceGeneration, int nackType, Puller puller)
      implements WirePacket {}

  /** The Ethernet header and peer index. */
  Head head();

  /** This packet as bytes, reserved ones zero, padded to 60. */
  default byte[] encode(WireProfile profile) {
    return PacketWriter.encode(this, profile);
  }

  /**
   * The packet of a frame that {@link Frame#read} has found without fault at {@code offset}.
   *
   * @throws IllegalArgumentException if the type is none of {@link PacketType}
   */
  static WirePacket of(Frame frame, MemorySegment memory, long offset) {
    return PacketReader.read(frame, memory, offset);
  }
}
