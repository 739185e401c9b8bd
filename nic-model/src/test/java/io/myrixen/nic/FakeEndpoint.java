package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.SlotReader;
import io.myrixen.mx.window.SlotWriter;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The VM's side of one endpoint, driven by hand. */
final class FakeEndpoint {

  final long nicId;
  final int id;
  final int session;
  final WindowLayout layout;
  final MemorySegment window;
  final ControlLines control;
  final SlotWriter commands;
  final SlotReader events;
  final SlotReader completions;
  final Descriptor out = new Descriptor();
  final Descriptor in = new Descriptor();
  private final WindowGeometry geometry;
  private long receiveConsumed;
  int rung;

  FakeEndpoint(long nicId, int id, WindowGeometry geometry) {
    this.nicId = nicId;
    this.id = id;
    this.geometry = geometry;
    session = (int) nicId * 1000 + id;
    layout = new WindowLayout(geometry);
    window = Arena.ofAuto().allocate(layout.lengthBytes(), 4096);
    control = new ControlLines(window);
    control.initialise();
    commands = new SlotWriter(window, layout.commandsOffset(), geometry.commandsLog2());
    events = new SlotReader(window, layout.eventsOffset(), geometry.eventsLog2());
    completions = new SlotReader(window, layout.completionsOffset(), geometry.completionsLog2());
  }

  EndpointConfig config() {
    return new EndpointConfig(nicId, id, session, geometry, window, () -> rung++);
  }

  /** Begins a command of {@code kind} to {@code to}, with its session. */
  Descriptor command(int kind, FakeEndpoint to) {
    out.clear();
    out.kind = kind;
    out.endpoint = to.id;
    out.nicId = to.nicId;
    out.session = to.session;
    return out;
  }

  void send() {
    assertTrue(commandRoom() > 0, "send queue full");
    commands.write(out);
  }

  long commandRoom() {
    return geometry.commandCount() - (commands.position() - control.commandsConsumedAcquire());
  }

  void sendTiny(FakeEndpoint to, int sequence) {
    command(Kind.TINY, to);
    out.sequence = sequence;
    out.length = 8;
    out.detail0 = 0x1111_0000L + sequence;
    send();
  }

  void sendSmall(FakeEndpoint to, int sequence, int length) {
    command(Kind.SMALL, to);
    out.sequence = sequence;
    out.length = length;
    long cell = layout.smallCellOffset(commands.position());
    for (int i = 0; i < length; i++) {
      window.set(ValueLayout.JAVA_BYTE, cell + i, pattern(sequence, i));
    }
    send();
  }

  /** Sends from as many send slots as it takes, the first one {@code slot}, downwards. */
  void sendMedium(FakeEndpoint to, int sequence, int slot, int length) {
    command(Kind.MEDIUM, to);
    out.sequence = sequence;
    out.length = length;
    for (int i = 0; i < length; i++) {
      int piece = i / WindowLayout.SEND_SLOT_BYTES;
      int at = slot - piece & geometry.sendSlotCount() - 1;
      out.sendSlot(piece, at);
      long offset = layout.sendSlotOffset(at) + i % WindowLayout.SEND_SLOT_BYTES;
      window.set(ValueLayout.JAVA_BYTE, offset, pattern(sequence, i));
    }
    send();
  }

  static byte pattern(int sequence, int index) {
    return (byte) (sequence * 31 + index * 7 + (index >> 8));
  }

  /** Reads the next event into {@link #in}, judging where its payload lies, and consumes it. */
  boolean pollEvent() {
    if (!peekEvent()) {
      return false;
    }
    consume();
    return true;
  }

  /** Reads the next event without giving its room back. */
  boolean peekEvent() {
    if (!events.poll(in)) {
      return false;
    }
    if (in.kind == Kind.SMALL || in.kind == Kind.MEDIUM) {
      int bytes = in.kind == Kind.SMALL ? in.length : in.fragmentLength();
      assertTrue(in.receivePosition() % 64 == 0 && in.receivePosition() >= receiveConsumed);
      receiveConsumed = (in.receivePosition() + bytes + 63) & -64;
    }
    return true;
  }

  void consume() {
    control.eventsConsumedRelease(events.position(), receiveConsumed);
  }

  void assertPayload(int sequence, int bytes) {
    assertPayload(sequence, 0, bytes);
  }

  /** The payload of {@link #in} is that of a message from {@code position} on. */
  void assertPayload(int sequence, int position, int bytes) {
    long offset = layout.receiveOffset(in.receivePosition());
    for (int i = 0; i < bytes; i++) {
      byte at = window.get(ValueLayout.JAVA_BYTE, offset + i);
      if (at != pattern(sequence, position + i)) {
        throw new AssertionError("byte %d of message %d".formatted(position + i, sequence));
      }
    }
  }

  boolean pollCompletion() {
    if (!completions.poll(in)) {
      return false;
    }
    control.completionsConsumedRelease(completions.position());
    return true;
  }

  void assertNothing() {
    assertFalse(events.ready(), "an event");
    assertFalse(completions.ready(), "a completion");
  }

  RdmaWindowEntry rdma(int windowId) {
    return new RdmaWindowEntry(window, layout.rdmaWindowOffset(windowId));
  }

  void pull(FakeEndpoint owner, long length, int remoteWindow, int localWindow, int generation) {
    command(Kind.PULL, owner);
    out.length = (int) length;
    out.cookie(0xC00C1E_00L + localWindow);
    out.remoteWindow(remoteWindow, generation);
    out.localWindow(localWindow, generation);
    send();
  }
}
