package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;

/**
 * What travels to an endpoint: the event as the receiver shall see it, and where its payload lies
 * now. Reused for every command; who sent it comes from the window it was taken from, never from
 * what was written there.
 */
final class Packet {

  private final Descriptor event = new Descriptor();
  private int destinationEndpoint;
  private MemorySegment payload = MemorySegment.NULL;
  private long payloadOffset;
  private int payloadBytes;

  /** Makes this the packet that {@code command}, judged, of {@code source} stands for. */
  void set(NicEndpoint source, Descriptor command, long commandPosition) {
    event.set(command);
    event.endpoint = source.id();
    event.nicId = source.board().nicId();
    destinationEndpoint = command.endpoint;
    payloadBytes = 0;
    switch (command.kind) {
      case Kind.SMALL -> {
        payload(source, source.layout().smallCellOffset(commandPosition), command.length);
        event.detail1 = 0;
        keepTwoWords();
      }
      case Kind.MEDIUM -> {
        payload(
            source, source.layout().sendSlotOffset(command.sendSlot()), command.fragmentLength());
        event.fragment(0, command.fragmentLength(), command.fragmentIndex());
        keepTwoWords();
      }
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

  private void payload(NicEndpoint source, long offset, int bytes) {
    payload = source.window();
    payloadOffset = offset;
    payloadBytes = bytes;
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

  MemorySegment payload() {
    return payload;
  }

  long payloadOffset() {
    return payloadOffset;
  }

  int payloadBytes() {
    return payloadBytes;
  }
}
