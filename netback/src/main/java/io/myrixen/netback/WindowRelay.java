package io.myrixen.netback;

import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.SlotReader;
import io.myrixen.mx.window.SlotWriter;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.xen.EventChannel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Carries all that passes between one VM's window and the NIC, by way of a second window of the
 * same geometry in netback's memory: towards the NIC commands with their payload, towards the VM
 * events with theirs, and completions; both ways the words of control lines and RDMA windows. Every
 * position is the same in both windows, so each slot is copied once and nothing is renumbered.
 *
 * <p>It judges nothing but what it needs to copy within bounds: the NIC judges the copies as it
 * would a VM's own. What the VM claims to have consumed goes to the NIC as it stands, so the NIC
 * never writes what has no room in the VM's window. Confined to netback's thread.
 */
final class WindowRelay {

  /** Slots of one queue in one cycle, so that one VM cannot starve the others. */
  static final int BATCH_LIMIT = 64;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment vm;
  private final MemorySegment nic;
  private final WindowLayout layout;
  private final ControlLines vmControl;
  private final ControlLines nicControl;
  private final SlotReader commandsFromVm;
  private final SlotWriter commandsToNic;
  private final SlotReader eventsFromNic;
  private final SlotWriter eventsToVm;
  private final SlotReader completionsFromNic;
  private final SlotWriter completionsToVm;
  private final RdmaWindowRelay rdmaWindows;
  private final EventChannel channel;
  private final Runnable wakeNic;
  private final Descriptor slot = new Descriptor();
  private long commandsConsumed;
  private long creditEpoch;
  private long wantedEpoch;
  private long eventsConsumed;
  private long receiveConsumed;
  private long completionsConsumed;

  /**
   * Begins with both windows fresh.
   *
   * @param channel to the VM
   * @param wakeNic ends the sleep of the NIC's thread
   */
  WindowRelay(
      MemorySegment window, WindowGeometry geometry, EventChannel channel, Runnable wakeNic) {
    this.layout = new WindowLayout(geometry);
    this.vm = window;
    this.nic = arena.allocate(layout.lengthBytes(), WindowLayout.PAGE_BYTES);
    this.vmControl = new ControlLines(vm);
    this.nicControl = new ControlLines(nic);
    int commandsLog2 = geometry.commandsLog2();
    this.commandsFromVm = new SlotReader(vm, layout.commandsOffset(), commandsLog2);
    this.commandsToNic = new SlotWriter(nic, layout.commandsOffset(), commandsLog2);
    int eventsLog2 = geometry.eventsLog2();
    this.eventsFromNic = new SlotReader(nic, layout.eventsOffset(), eventsLog2);
    this.eventsToVm = new SlotWriter(vm, layout.eventsOffset(), eventsLog2);
    int completionsLog2 = geometry.completionsLog2();
    this.completionsFromNic = new SlotReader(nic, layout.completionsOffset(), completionsLog2);
    this.completionsToVm = new SlotWriter(vm, layout.completionsOffset(), completionsLog2);
    this.rdmaWindows = new RdmaWindowRelay(vm, nic, layout);
    this.channel = channel;
    this.wakeNic = wakeNic;
  }

  /** The NIC's side. */
  MemorySegment window() {
    return nic;
  }

  EventChannel channel() {
    return channel;
  }

  /** Gives the NIC's side back: the NIC has let go of it. */
  void close() {
    arena.close();
  }

  /** Carries what is there, a batch at most; returns how much there was to do. */
  int doWork() {
    return carryToNic() + carryToVm();
  }

  private int carryToNic() {
    int consumed = carryConsumed();
    long room =
        layout.geometry().commandCount()
            - (commandsToNic.position() - nicControl.commandsConsumedAcquire());
    int commands = 0;
    while (commands < Math.min(room, BATCH_LIMIT) && commandsFromVm.poll(slot)) {
      carryPayload(commandsFromVm.position() - 1);
      commandsToNic.write(slot);
      commands++;
    }
    int notified = commands + rdmaWindows.carryToNic();
    if (notified > 0 && nicControl.nicAsleepAfterCommand()) {
      wakeNic.run();
    }
    return notified + consumed;
  }

  /** Passes on what the VM claims to have consumed. */
  private int carryConsumed() {
    long events = vmControl.eventsConsumedAcquire();
    long bytes = vmControl.receiveConsumedAcquire();
    long completions = vmControl.completionsConsumedAcquire();
    if (events == eventsConsumed
        && bytes == receiveConsumed
        && completions == completionsConsumed) {
      return 0;
    }
    eventsConsumed = events;
    receiveConsumed = bytes;
    completionsConsumed = completions;
    nicControl.eventsConsumedRelease(events, bytes);
    nicControl.completionsConsumedRelease(completions);
    return 1;
  }

  /** Copies what the command names; what it names wrongly the NIC will judge. */
  private void carryPayload(long position) {
    switch (slot.kind) {
      case Kind.SMALL ->
          copy(vm, nic, layout.smallCellOffset(position), bound(WindowLayout.SMALL_CELL_BYTES));
      case Kind.MEDIUM -> carryMedium();
      case Kind.RNDV -> rdmaWindows.watch(slot.remoteWindowId());
      case Kind.PULL -> rdmaWindows.watch(slot.localWindowId());
      default -> {}
    }
  }

  private void carryMedium() {
    int rest = bound(WindowLayout.MEDIUM_BYTES);
    for (int i = 0; rest > 0; i++) {
      int length = Math.min(rest, WindowLayout.SEND_SLOT_BYTES);
      int sendSlot = slot.sendSlot(i);
      if (sendSlot < layout.geometry().sendSlotCount()) {
        copy(vm, nic, layout.sendSlotOffset(sendSlot), length);
      }
      rest -= length;
    }
  }

  private int carryToVm() {
    // Before the completions: what the NIC says to have consumed it has completed before.
    long consumed = nicControl.commandsConsumedAcquire();
    int completions = 0;
    while (completions < BATCH_LIMIT && completionsFromNic.poll(slot)) {
      carryWords();
      completionsToVm.write(slot);
      completions++;
    }
    boolean allCompleted = completions < BATCH_LIMIT;
    int events = 0;
    while (events < BATCH_LIMIT && eventsFromNic.poll(slot)) {
      if (slot.kind == Kind.NOTIFY) {
        carryWords(); // Its window's last progress.
      }
      carryReceived();
      eventsToVm.write(slot);
      events++;
    }
    int work = completions + events + carryWords();
    boolean quarter = false;
    if (allCompleted && consumed != commandsConsumed) {
      int quarterLog2 = layout.geometry().commandsLog2() - 2;
      quarter = consumed >>> quarterLog2 != commandsConsumed >>> quarterLog2;
      commandsConsumed = consumed;
      vmControl.commandsConsumedRelease(consumed);
    }
    if ((work > 0 || quarter) && vmControl.vmAsleepAfterEvent()) {
      channel.raise();
    }
    return work + (quarter ? 1 : 0);
  }

  /**
   * Passes on the NIC's epochs and the progress of pulls, which slots written after them may rely
   * on.
   */
  private int carryWords() {
    int moved = rdmaWindows.carryToVm();
    long credit = nicControl.creditEpochAcquire();
    if (credit != creditEpoch) {
      creditEpoch = credit;
      vmControl.creditEpochRelease(credit);
      moved++;
    }
    long wanted = nicControl.wantedEpochAcquire();
    if (wanted != wantedEpoch) {
      wantedEpoch = wanted;
      vmControl.wantedEpochRelease(wanted);
      moved++;
    }
    return moved;
  }

  private void carryReceived() {
    int length =
        switch (slot.kind) {
          case Kind.SMALL -> bound(WindowLayout.SMALL_CELL_BYTES);
          case Kind.MEDIUM -> slot.fragmentLength();
          default -> 0;
        };
    if (length > 0) {
      copy(nic, vm, layout.receiveOffset(slot.receivePosition()), length);
    }
  }

  private int bound(int most) {
    return (int) Math.min(slot.lengthBytes(), most);
  }

  private static void copy(MemorySegment from, MemorySegment to, long offset, int length) {
    MemorySegment.copy(from, offset, to, offset, length);
  }

  /** Tells VM and NIC whether netback sleeps; whoever looks afterwards misses nothing. */
  void asleep(boolean asleep) {
    vmControl.nicAsleep(asleep);
    nicControl.vmAsleep(asleep);
  }

  /** Whether something waits that nobody gives notice of: room in either window. */
  boolean waiting() {
    return eventsToVm.position() != eventsConsumed
        || completionsToVm.position() != completionsConsumed
        || commandsFromVm.ready();
  }
}
