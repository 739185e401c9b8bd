package io.myrixen.mx.wire;

import io.myrixen.mx.wire.WirePacket.Ends;
import io.myrixen.mx.wire.WirePacket.Envelope;
import io.myrixen.mx.wire.WirePacket.Puller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes records field after field as the specification lists them, without an offset. It shares
 * nothing with the slot codecs on purpose: each is held against the other.
 */
final class PacketWriter {

  private static final int ACK_CODE = 0x55;

  private final ByteBuffer out;
  private final boolean nativeMx;

  private PacketWriter(WireProfile profile) {
    out = ByteBuffer.allocate(profile.maxFrameBytes()); // Network order, and zero.
    nativeMx = profile.nativeMxLayout();
  }

  static byte[] encode(WirePacket packet, WireProfile profile) {
    var writer = new PacketWriter(profile);
    writer.mac(packet.head().destination());
    writer.mac(packet.head().source());
    writer.shorts(WireBytes.ETHERTYPE, packet.head().peerIndex());
    writer.body(packet);
    return Arrays.copyOf(
        writer.out.array(), Math.max(Frame.MIN_FRAME_BYTES, writer.out.position()));
  }

  private void body(WirePacket packet) {
    switch (packet) {
      case WirePacket.Discovery p -> {
        bytes(PacketType.RAW);
        skip(15);
        out.putLong(p.nicId()).putInt(p.serial());
        skip(20);
      }
      case WirePacket.HostQuery p -> host(PacketType.HOST_QUERY, 0, p.reverseIndex(), p.magic());
      case WirePacket.HostReply p -> {
        byte[] name = p.hostname().getBytes(StandardCharsets.ISO_8859_1);
        host(PacketType.HOST_REPLY, name.length + 1, p.reverseIndex(), p.magic());
        out.put(name).put((byte) 0);
      }
      case WirePacket.ConnectRequest p -> {
        connect(p.ends(), p.reverseIndex(), p.session(), p.key());
        shorts(p.receiveSequenceStart());
        bytes(0, p.connectSequence(), 0, 0, 0, 0);
      }
      case WirePacket.ConnectReply p -> {
        connect(p.ends(), p.reverseIndex(), p.session(), p.replierSession());
        shorts(p.receiveSequenceStart());
        bytes(1, p.connectSequence(), p.status(), 0, 0, 0);
      }
      case WirePacket.Tiny p -> eager(PacketType.TINY, p.envelope(), p.payload());
      case WirePacket.Small p -> eager(PacketType.SMALL, p.envelope(), p.payload());
      case WirePacket.Medium p -> medium(p);
      case WirePacket.Rndv p -> rndv(p);
      case WirePacket.Pull p -> pull(p);
      case WirePacket.PullReply p -> pullReply(p);
      case WirePacket.Notify p -> notification(p);
      case WirePacket.Ack p -> ack(p);
      case WirePacket.NackLib p -> {
        bytes(PacketType.NACK_LIB, p.ends().source(), p.ends().sourceGeneration(), p.nackType());
        skip(5);
        bytes(p.ends().destination());
        shorts(p.reverseIndex(), p.sequence(), 0);
      }
      case WirePacket.NackMcp p -> {
        bytes(PacketType.NACK_MCP, p.sourceEndpoint(), p.sourceGeneration(), p.nackType());
        skip(4);
        puller(p.puller());
      }
    }
  }

  private void host(int type, int nameLength, int reverseIndex, int magic) {
    bytes(type, nameLength);
    shorts(reverseIndex);
    ints(0, magic, 0);
  }

  private void connect(Ends ends, int reverseIndex, int session, int keyOrSession) {
    ends(PacketType.CONNECT, ends);
    bytes(16, 0, 0, 0);
    shorts(0, reverseIndex);
    ints(0, session, keyOrSession);
  }

  private void eager(int type, Envelope envelope, Payload payload) {
    ends(type, envelope.ends());
    shorts(payload.length(), envelope.checksum());
    envelope(envelope);
    out.put(payload.toBytes());
  }

  private void medium(WirePacket.Medium p) {
    ends(PacketType.MEDIUM, p.envelope().ends());
    if (nativeMx) {
      shorts(p.lengthBytes(), 0);
    } else {
      ints(p.lengthBytes());
    }
    envelope(p.envelope());
    shorts(p.payload().length());
    bytes(p.fragmentIndex(), nativeMx ? Integer.numberOfTrailingZeros(p.fragmentUnit()) : 0);
    shorts(p.envelope().checksum(), 0);
    out.put(p.payload().toBytes());
  }

  private void rndv(WirePacket.Rndv p) {
    ends(PacketType.RNDV, p.envelope().ends());
    shorts(8, p.envelope().checksum());
    envelope(p.envelope());
    ints((int) p.lengthBytes());
    bytes(p.window().id(), p.window().generation());
    shorts(p.windowOffset());
  }

  private void pullReply(WirePacket.PullReply p) {
    bytes(PacketType.PULL_REPLY, p.frameSequence());
    shorts(p.payload().length());
    ints((int) p.messageOffset());
    puller(p.puller());
    out.put(p.payload().toBytes());
  }

  private void notification(WirePacket.Notify p) {
    ends(PacketType.NOTIFY, p.ends());
    ints(p.session(), (int) p.lengthBytes());
    bytes(p.window().id(), p.window().generation());
    skip(4);
    shorts(p.sequence(), p.ack(), 0);
  }

  private void pull(WirePacket.Pull p) {
    ends(PacketType.PULL, p.ends());
    ints(p.session(), (int) p.lengthBytes());
    if (nativeMx) {
      bytes(p.window().id(), p.window().generation());
      shorts((int) p.windowOffset());
      puller(p.puller());
      shorts(p.firstFrameOffset(), p.blockBytes());
    } else {
      ints(p.window().id());
      bytes(p.window().generation(), 0, 0, 0);
      ints((int) p.windowOffset());
      puller(p.puller());
      ints(p.firstFrameOffset(), p.blockBytes());
    }
    ints((int) p.frameIndex());
  }

  private void ack(WirePacket.Ack p) {
    ends(PacketType.TRUC, p.ends());
    bytes(16, 0, 0, 0);
    ints(p.session());
    bytes(ACK_CODE, 0);
    shorts(p.sequence());
    ints(p.session(), p.ackNumber());
    shorts(p.nextSequence());
    bytes(p.resent(), 0);
  }

  private void envelope(Envelope envelope) {
    shorts(envelope.sequence(), envelope.ack());
    out.putLong(envelope.matchInfo());
    ints(envelope.session());
  }

  private void ends(int type, Ends ends) {
    bytes(type, ends.destination(), ends.source(), ends.sourceGeneration());
  }

  private void puller(Puller puller) {
    ints(puller.handle(), puller.magic());
  }

  private void mac(long mac) {
    shorts((int) (mac >>> 32));
    ints((int) mac);
  }

  private void bytes(int... values) {
    for (int value : values) {
      out.put((byte) value);
    }
  }

  private void shorts(int... values) {
    for (int value : values) {
      out.putShort((short) value);
    }
  }

  private void ints(int... values) {
    for (int value : values) {
      out.putInt(value);
    }
  }

  private void skip(int count) {
    out.position(out.position() + count);
  }
}
