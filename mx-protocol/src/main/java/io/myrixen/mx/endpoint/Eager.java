package io.myrixen.mx.endpoint;

import io.myrixen.mx.StatusCode;
import io.myrixen.mx.endpoint.Sender.Preparation;
import io.myrixen.mx.memory.RetainedPool;
import io.myrixen.mx.memory.SendSlots;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;

/**
 * Tiny, small and medium messages: buffered at once, which ends their request, and kept until they
 * are acknowledged.
 */
final class Eager {

  /** 128 KiB: twice what may be called complete early, so that there is some left for the rest. */
  private static final int RETAINED_CELLS = 1_024;

  private final Engine engine;
  private final RetainedPool retained;
  private final SendSlots slots;

  /** Whether somebody waits for slots since the last pass: later ones do not overtake it. */
  private boolean slotsLacking;

  /** Whether somebody has waited for slots since the last one came free, and since when. */
  private boolean starving;

  private long starvingSinceNs;

  /** Messages whose request was called complete and that are not acknowledged. */
  private int zombies;

  Eager(Engine engine) {
    this.engine = engine;
    retained = new RetainedPool(Math.max(RETAINED_CELLS, 2 * engine.options.zombieSends()));
    slots = new SendSlots(engine.layout);
  }

  /** The class of an eager message. */
  static int kindOf(long lengthBytes) {
    if (lengthBytes <= 32) {
      return Kind.TINY;
    }
    return lengthBytes <= WindowLayout.SMALL_CELL_BYTES ? Kind.SMALL : Kind.MEDIUM;
  }

  /** Send slots that no message holds. */
  int freeSlots() {
    return slots.freeCount();
  }

  /** Whether no send slot has come free for so long that mediums are not to wait for one. */
  boolean starved() {
    return starving && engine.nowNs - starvingSinceNs >= Lag.AFTER_NS;
  }

  private void starve() {
    slotsLacking = true;
    if (!starving) {
      starving = true;
      starvingSinceNs = engine.nowNs;
      engine.timers.note(starvingSinceNs + Lag.AFTER_NS);
    }
  }

  /** A new pass: whoever lacked slots gets another try, in its turn. */
  void lifted() {
    slotsLacking = false;
  }

  Preparation prepare(Outgoing message) {
    boolean kept = message.kind == Kind.MEDIUM ? keepInSlots(message) : keepInCell(message);
    if (!kept) {
      return Preparation.LACKING;
    }
    message.segments.clear();
    if (zombies < engine.options.zombieSends()) {
      zombies++;
      message.zombie = true;
      engine.sender.promise(message);
      engine.sender.end(message, StatusCode.SUCCESS, message.lengthBytes);
    }
    return Preparation.READY;
  }

  private boolean keepInCell(Outgoing message) {
    if (message.lengthBytes == 0) {
      return true;
    }
    message.cell = retained.acquire();
    if (message.cell < 0) {
      return false;
    }
    message.segments.gather(
        0, retained.memory(), retained.offset(message.cell), message.lengthBytes);
    return true;
  }

  private boolean keepInSlots(Outgoing message) {
    int count =
        (int)
            ((message.lengthBytes + WindowLayout.SEND_SLOT_BYTES - 1)
                / WindowLayout.SEND_SLOT_BYTES);
    if (slotsLacking || slots.freeCount() < count) {
      starve();
      return false;
    }
    for (int i = 0; i < count; i++) {
      int slot = slots.acquire();
      message.slots[i] = slot;
      message.slotCount = i + 1;
      long position = (long) i * WindowLayout.SEND_SLOT_BYTES;
      long bytes = Math.min(message.lengthBytes - position, WindowLayout.SEND_SLOT_BYTES);
      message.segments.gather(position, engine.window, slots.offset(slot), bytes);
    }
    return true;
  }

  /** Gives back what {@link #prepare} took. */
  void release(Outgoing message) {
    if (message.zombie) {
      message.zombie = false;
      zombies--;
    }
    if (message.cell >= 0) {
      retained.release(message.cell);
      message.cell = -1;
    }
    starving &= message.slotCount == 0;
    while (message.slotCount > 0) {
      slots.release(message.slots[--message.slotCount]);
    }
  }

  void write(Partner partner, Outgoing message) {
    switch (message.kind) {
      case Kind.TINY -> {
        Descriptor command = begin(partner, message);
        if (message.cell >= 0) {
          MemorySegment cells = retained.memory();
          command.tinyFrom(cells, retained.offset(message.cell), (int) message.lengthBytes);
        }
        engine.commands.submit();
      }
      case Kind.SMALL -> {
        engine.commands.smallPayload(
            retained.memory(), retained.offset(message.cell), message.lengthBytes);
        begin(partner, message);
        engine.commands.submit();
      }
      default -> {
        Descriptor command = begin(partner, message);
        for (int i = 0; i < message.slotCount; i++) {
          command.sendSlot(i, message.slots[i]);
        }
        engine.commands.submit();
      }
    }
  }

  private Descriptor begin(Partner partner, Outgoing message) {
    Descriptor command = engine.commands.begin(message.kind, partner);
    command.session = partner.trueSession;
    command.sequence = message.sequence;
    command.ack = partner.nextComplete;
    command.length = (int) message.lengthBytes;
    command.matchInfo = message.matchInfo;
    return command;
  }
}
