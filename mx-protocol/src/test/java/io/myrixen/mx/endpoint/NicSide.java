package io.myrixen.mx.endpoint;

import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.SlotReader;
import io.myrixen.mx.window.SlotWriter;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The test NIC's end of one window. */
final class NicSide {

  final long nicId;
  final int endpointId;
  final int sessionId;
  final WindowGeometry geometry;
  final WindowLayout layout;
  final MemorySegment window;
  final ControlLines control;
  final SlotReader commands;
  final SlotWriter events;
  final SlotWriter completions;
  final Map<Integer, MemorySegment> regions = new HashMap<>();

  /** Those who were refused for lack of room here. */
  private final List<NicSide> refused = new ArrayList<>();

  long creditEpoch;
  long raised;
  private long produced;

  NicSide(
      long nicId, int endpointId, int sessionId, WindowGeometry geometry, MemorySegment window) {
    this.nicId = nicId;
    this.endpointId = endpointId;
    this.sessionId = sessionId;
    this.geometry = geometry;
    this.window = window;
    layout = new WindowLayout(geometry);
    control = new ControlLines(window);
    commands = new SlotReader(window, layout.commandsOffset(), geometry.commandsLog2());
    events = new SlotWriter(window, layout.eventsOffset(), geometry.eventsLog2());
    completions = new SlotWriter(window, layout.completionsOffset(), geometry.completionsLog2());
  }

  RdmaWindowEntry entry(int id) {
    return new RdmaWindowEntry(window, layout.rdmaWindowOffset(id));
  }

  MemorySegment region(int id) {
    MemorySegment region = regions.get(id);
    if (region == null) {
      throw new IllegalStateException("no region " + id);
    }
    return region;
  }

  byte[] payload(Descriptor command) {
    return switch (command.kind) {
      case Kind.SMALL -> bytes(layout.smallCellOffset(commands.position() - 1), command.length);
      case Kind.MEDIUM -> gather(command);
      default -> new byte[0];
    };
  }

  private byte[] gather(Descriptor command) {
    byte[] payload = new byte[command.length];
    for (int at = 0; at < payload.length; at += WindowLayout.SEND_SLOT_BYTES) {
      int slot = command.sendSlot(at / WindowLayout.SEND_SLOT_BYTES);
      int length = Math.min(payload.length - at, WindowLayout.SEND_SLOT_BYTES);
      MemorySegment.copy(
          window, ValueLayout.JAVA_BYTE, layout.sendSlotOffset(slot), payload, at, length);
    }
    return payload;
  }

  private byte[] bytes(long offset, int count) {
    return window.asSlice(offset, count).toArray(ValueLayout.JAVA_BYTE);
  }

  boolean hasRoom(int payloadBytes) {
    return events.position() - control.eventsConsumedAcquire() < geometry.eventCount()
        && end(start(payloadBytes), payloadBytes) - control.receiveConsumedAcquire()
            <= geometry.receiveBytes();
  }

  private long start(int payloadBytes) {
    long offset = produced & (geometry.receiveBytes() - 1);
    return offset + payloadBytes > geometry.receiveBytes()
        ? produced + geometry.receiveBytes() - offset
        : produced;
  }

  private static long end(long start, int payloadBytes) {
    return (start + payloadBytes + 63) & -64;
  }

  /** Writes an event; drops it if there is no room, as a late packet would be. */
  void write(Descriptor event, byte[] payload) {
    if (!hasRoom(payload.length)) {
      return;
    }
    Descriptor copy = new Descriptor().set(event);
    if (event.kind == Kind.SMALL || event.kind == Kind.MEDIUM) {
      long start = start(payload.length);
      MemorySegment.copy(
          payload, 0, window, ValueLayout.JAVA_BYTE, layout.receiveOffset(start), payload.length);
      produced = end(start, payload.length);
      copy.receivePosition(start);
    }
    events.write(copy);
  }

  void refusedBy(NicSide receiver) {
    if (!receiver.refused.contains(this)) {
      receiver.refused.add(this);
    }
  }

  /** Tells those who were refused, once a quarter is free. */
  void moveCredit() {
    long freeEvents = geometry.eventCount() - (events.position() - control.eventsConsumedAcquire());
    long freeBytes = geometry.receiveBytes() - (produced - control.receiveConsumedAcquire());
    if (freeEvents < geometry.eventCount() / 4 || freeBytes < geometry.receiveBytes() / 4) {
      return;
    }
    for (NicSide sender : refused) {
      sender.creditEpoch++;
      sender.control.creditEpochRelease(sender.creditEpoch);
    }
    refused.clear();
  }
}
