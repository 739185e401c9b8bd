package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.WireProfile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Makes one frame after the other and gives it to the port: {@link #begin}, the fields, {@link
 * #encode}, the payload, {@link #transmit}. The caller has looked at {@link #room}. NIC's thread.
 */
final class Transmitter {

  private static final int CACHE_LINE_BYTES = 64;

  private final Port port;
  private final WireProfile profile;
  private final Frame frame = new Frame();
  private final MemorySegment memory;
  private final Tally counts;
  private int lengthBytes;

  Transmitter(Port port, WireProfile profile, Tally counts) {
    this.port = port;
    this.profile = profile;
    this.counts = counts;
    this.memory = Arena.ofAuto().allocate(profile.maxFrameBytes(), CACHE_LINE_BYTES);
  }

  WireProfile profile() {
    return profile;
  }

  /** How many frames the port takes now. */
  int room() {
    return port.room();
  }

  /** Begins a frame from one of our boards to a peer: all fields 0 but type and head. */
  Frame begin(int type, LocalBoard from, RemoteBoard to) {
    frame.clear();
    frame.type = type;
    frame.source = from.nicId();
    frame.destination = to.nicId();
    frame.peerIndex = from.indexAt(to);
    return frame;
  }

  /** Begins a discovery, which goes to everybody. */
  Frame beginBroadcast(int type, LocalBoard from) {
    frame.clear();
    frame.type = type;
    frame.source = from.nicId();
    frame.destination = Frame.BROADCAST;
    return frame;
  }

  /** Writes the frame's fields down; from now on its payload may be put. */
  void encode() {
    lengthBytes = frame.write(memory, 0, profile);
  }

  /** Puts {@code count} bytes of payload, from byte {@code at} of it on. */
  void payload(int at, MemorySegment source, long offset, int count) {
    MemorySegment.copy(source, offset, memory, frame.payloadOffset + at, count);
  }

  /** Puts {@code count} bytes of a packet's payload, those from {@code position} on. */
  void payload(Packet packet, int position, int count) {
    packet.copyPayload(position, count, memory, frame.payloadOffset);
  }

  /** Puts the payload of a tiny message. */
  void payload(Descriptor tiny) {
    tiny.tinyTo(memory, frame.payloadOffset, frame.payloadBytes);
  }

  /** Gives the frame to the port. */
  void transmit() {
    port.transmit(memory, 0, lengthBytes);
    counts.add(NicCounter.FRAMES_SENT, 1);
  }
}
