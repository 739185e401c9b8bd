package io.myrixen.mx.window;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The words of a window's first page that the two sides share, each group alone on its cache lines
 * (128 bytes, since processors fetch lines in pairs).
 *
 * <pre>
 *    0  u32 magic, u32 version       VM  -&gt; NIC  before it is offered
 *  128  u64 commands consumed        NIC -&gt; VM   credit for the send queue
 *  256  u32 NIC asleep               NIC -&gt; VM   1: raise the event channel after a command
 *  384  u64 credit epoch             NIC -&gt; VM   moves when a full receiver has room again
 *  392  u64 wanted epoch             NIC -&gt; VM   moves when a pull waits for its window
 *  512  u64 events consumed          VM  -&gt; NIC
 *  520  u64 receive bytes consumed   VM  -&gt; NIC
 *  528  u64 completions consumed     VM  -&gt; NIC
 *  640  u32 VM asleep                VM  -&gt; NIC  1: raise the event channel after an event
 * </pre>
 *
 * <p>Positions count in 64 bits since the window was made and never wrap. Each is published by one
 * side and is a claim to the other, which judges it. Own positions live in private fields and are
 * never read back from here.
 */
public final class ControlLines {

  /** "MXWN", so that a stray page is not taken for a window. */
  public static final int MAGIC = 0x4E57584D;

  static final long MAGIC_OFFSET = 0;
  static final long VERSION_OFFSET = MAGIC_OFFSET + Integer.BYTES;
  static final long COMMANDS_CONSUMED_OFFSET = 128;
  static final long NIC_ASLEEP_OFFSET = 256;
  static final long CREDIT_EPOCH_OFFSET = 384;
  static final long WANTED_EPOCH_OFFSET = CREDIT_EPOCH_OFFSET + Long.BYTES;
  static final long EVENTS_CONSUMED_OFFSET = 512;
  static final long RECEIVE_CONSUMED_OFFSET = EVENTS_CONSUMED_OFFSET + Long.BYTES;
  static final long COMPLETIONS_CONSUMED_OFFSET = RECEIVE_CONSUMED_OFFSET + Long.BYTES;
  static final long VM_ASLEEP_OFFSET = 640;

  private final MemorySegment window;

  /** Views the control page of {@code window}. */
  public ControlLines(MemorySegment window) {
    this.window = window;
  }

  /** Marks the window as one of this version. VM, before the window is offered. */
  public void initialise() {
    SlotFields.INT.set(window, VERSION_OFFSET, WindowLayout.VERSION);
    SlotFields.INT.setRelease(window, MAGIC_OFFSET, MAGIC);
  }

  /** Whether the window bears magic and version of this build. */
  public boolean recognised() {
    return (int) SlotFields.INT.getAcquire(window, MAGIC_OFFSET) == MAGIC
        && (int) SlotFields.INT.get(window, VERSION_OFFSET) == WindowLayout.VERSION;
  }

  /**
   * NIC: the VM may overwrite commands below {@code position}, and has been sent what they
   * completed with.
   */
  public void commandsConsumedRelease(long position) {
    SlotFields.LONG.setRelease(window, COMMANDS_CONSUMED_OFFSET, position);
  }

  /** VM: how many commands the NIC has taken. */
  public long commandsConsumedAcquire() {
    return (long) SlotFields.LONG.getAcquire(window, COMMANDS_CONSUMED_OFFSET);
  }

  /** NIC: a receiver that refused one of this endpoint's messages has room again. */
  public void creditEpochRelease(long epoch) {
    SlotFields.LONG.setRelease(window, CREDIT_EPOCH_OFFSET, epoch);
  }

  /** VM: moves when refused messages are worth sending again. */
  public long creditEpochAcquire() {
    return (long) SlotFields.LONG.getAcquire(window, CREDIT_EPOCH_OFFSET);
  }

  /**
   * NIC: a pull waits for one of this endpoint's announced RDMA windows, or one of its staged ones
   * was sought.
   */
  public void wantedEpochRelease(long epoch) {
    SlotFields.LONG.setRelease(window, WANTED_EPOCH_OFFSET, epoch);
  }

  /** VM: moves when announced and staged RDMA windows are worth looking through. */
  public long wantedEpochAcquire() {
    return (long) SlotFields.LONG.getAcquire(window, WANTED_EPOCH_OFFSET);
  }

  /**
   * VM: the NIC may overwrite events below {@code events} and receive bytes below {@code
   * receiveBytes}.
   */
  public void eventsConsumedRelease(long events, long receiveBytes) {
    SlotFields.LONG.setRelease(window, RECEIVE_CONSUMED_OFFSET, receiveBytes);
    SlotFields.LONG.setRelease(window, EVENTS_CONSUMED_OFFSET, events);
  }

  /** NIC: what the VM claims to have consumed of the receive-event queue. */
  public long eventsConsumedAcquire() {
    return (long) SlotFields.LONG.getAcquire(window, EVENTS_CONSUMED_OFFSET);
  }

  /** NIC: what the VM claims to have consumed of the receive buffer. */
  public long receiveConsumedAcquire() {
    return (long) SlotFields.LONG.getAcquire(window, RECEIVE_CONSUMED_OFFSET);
  }

  /** VM: the NIC may overwrite completions below {@code position}. */
  public void completionsConsumedRelease(long position) {
    SlotFields.LONG.setRelease(window, COMPLETIONS_CONSUMED_OFFSET, position);
  }

  /** NIC: what the VM claims to have consumed of the completion queue. */
  public long completionsConsumedAcquire() {
    return (long) SlotFields.LONG.getAcquire(window, COMPLETIONS_CONSUMED_OFFSET);
  }

  /**
   * NIC: says whether it sleeps. After saying so it must look at every queue again before it does;
   * the full fence in here pairs with the one in {@link #nicAsleepAfterCommand}, so that one of the
   * two sees the other.
   */
  public void nicAsleep(boolean asleep) {
    SlotFields.INT.setRelease(window, NIC_ASLEEP_OFFSET, asleep ? 1 : 0);
    VarHandle.fullFence();
  }

  /** VM: whether the NIC wants a notification, asked after commands have been written. */
  public boolean nicAsleepAfterCommand() {
    VarHandle.fullFence();
    return (int) SlotFields.INT.getAcquire(window, NIC_ASLEEP_OFFSET) != 0;
  }

  /** VM: says whether it sleeps; mirrors {@link #nicAsleep}. */
  public void vmAsleep(boolean asleep) {
    SlotFields.INT.setRelease(window, VM_ASLEEP_OFFSET, asleep ? 1 : 0);
    VarHandle.fullFence();
  }

  /**
   * NIC: whether the VM wants a notification, asked after events or completions have been written.
   */
  public boolean vmAsleepAfterEvent() {
    VarHandle.fullFence();
    return (int) SlotFields.INT.getAcquire(window, VM_ASLEEP_OFFSET) != 0;
  }
}
