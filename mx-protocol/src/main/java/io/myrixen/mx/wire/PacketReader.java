package io.myrixen.mx.wire;

import io.myrixen.mx.wire.WirePacket.Ends;
import io.myrixen.mx.wire.WirePacket.Envelope;
import io.myrixen.mx.wire.WirePacket.Head;
import io.myrixen.mx.wire.WirePacket.Puller;
import io.myrixen.mx.wire.WirePacket.Window;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes a record of a frame that has been read and judged. */
final class PacketReader {

  private PacketReader() {}

  static WirePacket read(Frame f, MemorySegment memory, long offset) {
    var head = new Head(f.destination, f.source, f.peerIndex);
    byte[] payload =
        memory.asSlice(offset + f.payloadOffset, f.payloadBytes).toArray(ValueLayout.JAVA_BYTE);
    return switch (f.type) {
      case PacketType.RAW -> new WirePacket.Discovery(head, f.nicId, f.magic);
      case PacketType.HOST_QUERY -> new WirePacket.HostQuery(head, f.reverseIndex, f.magic);
      case PacketType.HOST_REPLY -> {
        byte[] name = Arrays.copyOf(payload, payload.length - 1);
        yield new WirePacket.HostReply(
            head, f.reverseIndex, f.magic, new String(name, StandardCharsets.ISO_8859_1));
      }
      case PacketType.CONNECT -> f.reply ? connectReply(head, f) : connectRequest(head, f);
      case PacketType.TINY -> new WirePacket.Tiny(head, envelope(f), Payload.of(payload));
      case PacketType.SMALL -> new WirePacket.Small(head, envelope(f), Payload.of(payload));
      case PacketType.MEDIUM ->
          new WirePacket.Medium(
              head,
              envelope(f),
              (int) f.lengthBytes,
              (int) f.fragmentOffset / f.fragmentUnit,
              f.fragmentUnit,
              Payload.of(payload));
      case PacketType.RNDV ->
          new WirePacket.Rndv(head, envelope(f), f.lengthBytes, window(f), (int) f.windowOffset);
      case PacketType.PULL -> pull(head, f);
      case PacketType.PULL_REPLY ->
          new WirePacket.PullReply(
              head, f.frameSequence, f.messageOffset, puller(f), Payload.of(payload));
      case PacketType.NOTIFY ->
          new WirePacket.Notify(
              head, ends(f), f.session, f.lengthBytes, window(f), f.sequence, f.ack);
      case PacketType.TRUC ->
          new WirePacket.Ack(
              head, ends(f), f.session, f.sequence, f.ackNumber, f.nextSequence, f.resent);
      case PacketType.NACK_LIB ->
          new WirePacket.NackLib(head, ends(f), f.nackType, f.reverseIndex, f.sequence);
      case PacketType.NACK_MCP ->
          new WirePacket.NackMcp(head, f.sourceEndpoint, f.sourceGeneration, f.nackType, puller(f));
      default -> throw new IllegalArgumentException("no such packet type: " + f.type);
    };
  }

  private static Ends ends(Frame f) {
    return new Ends(f.destinationEndpoint, f.sourceEndpoint, f.sourceGeneration);
  }

  private static Envelope envelope(Frame f) {
    return new Envelope(ends(f), f.sequence, f.ack, f.matchInfo, f.session, f.checksum);
  }

  private static Window window(Frame f) {
    return new Window(f.windowId, f.windowGeneration);
  }

  private static Puller puller(Frame f) {
    return new Puller(f.pullHandle, f.pullMagic);
  }

  private static WirePacket connectRequest(Head head, Frame f) {
    return new WirePacket.ConnectRequest(
        head,
        ends(f),
        f.reverseIndex,
        f.session,
        f.keyOrSession,
        f.receiveSequenceStart,
        f.connectSequence);
  }

  private static WirePacket connectReply(Head head, Frame f) {
    return new WirePacket.ConnectReply(
        head,
        ends(f),
        f.reverseIndex,
        f.session,
        f.keyOrSession,
        f.receiveSequenceStart,
        f.connectSequence,
        f.connectStatus);
  }

  private static WirePacket pull(Head head, Frame f) {
    return new WirePacket.Pull(
        head,
        ends(f),
        f.session,
        f.lengthBytes,
        window(f),
        f.windowOffset,
        puller(f),
        f.firstFrameOffset,
        f.blockBytes,
        f.frameIndex);
  }
}
