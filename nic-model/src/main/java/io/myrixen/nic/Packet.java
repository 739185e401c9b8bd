package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.PacketType;
import java.lang.foreign.MemorySegment;

/**
 * What travels to an endpoint: the event as the receiver shall see it, and where its payload lies
 * now. Reused for every command and every frame. Who sent it comes from the window it was taken
 * from, never from what was written there; over a wire, from the frame's head.
 */
final class Packet {

  private static final int PIECE_BYTES = WindowLayout.SEND_SLOT_BYTES;

  private final Descriptor event = new Descriptor();
  private int destinationEndpoint;
  private MemorySegment payload = MemorySegment.NULL;

  /** Where each piece of the payload begins: of a medium message one for each of its send slots. */
  private final long[] pieceOffsets = new long[WindowLayout.MEDIUM_BYTES / PIECE_BYTES];

  private int payloadBytes;

  /** Makes this the packet that {@code command}, judged, of {@code source} stands for. */
  void set(NicEndpoint source, Descriptor command, long commandPosition) {
    event.set(command);
    event.endpoint = source.id();
    event.nicId = source.board().nicId();
    destinationEndpoint = command.endpoint;
    payload = source.window();
    payloadBytes = 0;
    switch (command.kind) {
      case Kind.SMALL -> {
        pieceOffsets[0] = source.layout().smallCellOffset(commandPosition);
        payloadBytes = command.length;
        event.detail1 = 0;
        keepTwoWords();
      }
      case Kind.MEDIUM -> setMedium(source, command);
      case Kind.RNDV, Kind.NOTIFY -> {
        event.detail0 = 0;
        event.detail1 = 0;
        event.remoteWindow(command.remoteWindowId(), command.remoteWindowGeneration());
        keepTwoWords();
      }
      case Kind.CONNECT_REQUEST, Kind.CONNECT_REPLY, Kind.ACK -> {
        event.detail1 = 0;
        keepTwoWords();
      }
      case Kind.NACK -> {
        event.session = 0;
        event.detail0 = 0;
        event.detail1 = 0;
        event.nack(command.nackType(), command.refusedKind());
        keepTwoWords();
      }
      default -> {} // TINY: the detail is the payload.
    }
  }

  /** Makes this the packet of a library that {@code frame}, beginning at {@code offset}, brings. */
  void set(Frame frame, MemorySegment memory, long offset) {
    long payloadOffset = offset + frame.payloadOffset;
    event.clear();
    event.endpoint = frame.sourceEndpoint;
    event.nicId = frame.source;
    event.session = frame.session;
    event.sequence = frame.sequence;
    event.ack = frame.ack;
    event.matchInfo = frame.matchInfo;
    event.length = (int) frame.lengthBytes;
    destinationEndpoint = frame.destinationEndpoint;
    payload = memory;
    payloadBytes = 0;
    event.kind = frame.type;
    switch (frame.type) {
      case PacketType.TINY -> event.tinyFrom(memory, payloadOffset, frame.payloadBytes);
      case PacketType.SMALL -> setPayload(payloadOffset, frame.payloadBytes);
      case PacketType.MEDIUM -> {
        setPayload(payloadOffset, frame.payloadBytes);
        event.fragment((int) frame.fragmentOffset, frame.payloadBytes, frame.fragmentUnit);
      }
      case PacketType.RNDV -> {
        event.remoteWindow(frame.windowId, frame.windowGeneration);
        event.remoteWindowOffset((int) frame.windowOffset);
      }
      case PacketType.NOTIFY -> event.remoteWindow(frame.windowId, frame.windowGeneration);
      case PacketType.TRUC -> {
        event.kind = Kind.ACK;
        event.word(frame.ackNumber);
      }
      case PacketType.CONNECT -> {
        event.kind = frame.reply ? Kind.CONNECT_REPLY : Kind.CONNECT_REQUEST;
        event.word(frame.keyOrSession);
        event.connect(frame.receiveSequenceStart, frame.connectSequence, frame.connectStatus);
        event.overWire(true);
      }
      case PacketType.NACK_LIB -> event.nack(frame.nackType, 0);
      default -> throw new IllegalArgumentException("no packet of a library: " + frame.type);
    }
  }

  /** All of it lies in one place, whose pieces follow one another. */
  private void setPayload(long offset, int bytes) {
    payloadBytes = bytes;
    for (int i = 0; i * PIECE_BYTES < bytes; i++) {
      pieceOffsets[i] = offset + (long) i * PIECE_BYTES;
    }
  }

  private void setMedium(NicEndpoint source, Descriptor command) {
    payloadBytes = command.length;
    for (int i = 0; i * PIECE_BYTES < payloadBytes; i++) {
      pieceOffsets[i] = source.layout().sendSlotOffset(command.sendSlot(i));
    }
    event.fragment(0, payloadBytes, payloadBytes);
    keepTwoWords();
  }

  private void keepTwoWords() {
    event.detail2 = 0;
    event.detail3 = 0;
  }

  Descriptor event() {
    return event;
  }

  int destinationEndpoint() {
    return destinationEndpoint;
  }

  int payloadBytes() {
    return payloadBytes;
  }

  /** Copies {@code count} payload bytes from {@code position} on, which the caller has checked. */
  void copyPayload(int position, int count, MemorySegment target, long targetOffset) {
    int copied = 0;
    while (copied < count) {
      int at = position + copied;
      int inPiece = at % PIECE_BYTES;
      int bytes = Math.min(count - copied, PIECE_BYTES - inPiece);
      long from = pieceOffsets[at / PIECE_BYTES] + inPiece;
      MemorySegment.copy(payload, from, target, targetOffset + copied, bytes);
      copied += bytes;
    }
  }
}
