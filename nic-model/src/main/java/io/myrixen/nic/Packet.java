package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;

/**
 * What travels to an endpoint: the event as the receiver shall see it, and where its payload lies
 * now. Reused for every command; who sent it comes from the window it was taken from, never from
 * what was written there.
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
      default -> {} // TINY: the detail is the payload.
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
