package io.myrixen.mx.window;

/**
 * How large the parts of a window are, each a power of two. Offered by the VM, capped by netback,
 * and from then on a private constant of each side: nobody reads it from the window.
 *
 * @param commandsLog2 commands in the send queue
 * @param eventsLog2 entries in the receive-event queue
 * @param completionsLog2 entries in the completion queue; twice the commands, so that it cannot
 *     overflow
 * @param rdmaWindowsLog2 entries in the table of RDMA windows; an id travels in one byte
 * @param sendSlotsLog2 send slots of 4 KiB, which hold medium messages until they are acknowledged
 * @param receiveBytesLog2 bytes of the receive buffer
 */
public record WindowGeometry(
    int commandsLog2,
    int eventsLog2,
    int completionsLog2,
    int rdmaWindowsLog2,
    int sendSlotsLog2,
    int receiveBytesLog2) {

  /** 660 KiB in 165 pages: four endpoints fit into the 1,024 pages that Xen's gntalloc gives. */
  public static final WindowGeometry DEFAULT = new WindowGeometry(8, 9, 9, 8, 6, 18);

  /**
   * The smallest: one medium message of the longest kind in flight each way. It may waste as much
   * of the receive buffer as it takes, since it lies there in one piece. Over Ethernet's usual MTU
   * it comes as 23 events, all of which a receiver may find at once.
   */
  public static final WindowGeometry SMALLEST = new WindowGeometry(4, 5, 5, 1, 3, 16);

  /**
   * The largest: what 16 bits of lap and 8 bits of RDMA window id can count, and 64 MiB of receive
   * buffer.
   */
  public static final WindowGeometry LARGEST = new WindowGeometry(14, 14, 15, 8, 12, 26);

  /** Checks every part against {@link #SMALLEST} and {@link #LARGEST}. */
  public WindowGeometry {
    check("commandsLog2", commandsLog2, 4, 14);
    check("eventsLog2", eventsLog2, 5, 14);
    check("completionsLog2", completionsLog2, commandsLog2 + 1, 15);
    check("rdmaWindowsLog2", rdmaWindowsLog2, 1, 8);
    check("sendSlotsLog2", sendSlotsLog2, 3, 12);
    check("receiveBytesLog2", receiveBytesLog2, 16, 26);
  }

  private static void check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s must be %d to %d: %d".formatted(name, min, max, value));
    }
  }

  /** Returns a geometry with no part larger than in {@code limit}. */
  public WindowGeometry cappedBy(WindowGeometry limit) {
    int commands = Math.min(commandsLog2, limit.commandsLog2);
    return new WindowGeometry(
        commands,
        Math.min(eventsLog2, limit.eventsLog2),
        Math.max(commands + 1, Math.min(completionsLog2, limit.completionsLog2)),
        Math.min(rdmaWindowsLog2, limit.rdmaWindowsLog2),
        Math.min(sendSlotsLog2, limit.sendSlotsLog2),
        Math.min(receiveBytesLog2, limit.receiveBytesLog2));
  }

  /** Entries in the send queue. */
  public int commandCount() {
    return 1 << commandsLog2;
  }

  /** Entries in the receive-event queue. */
  public int eventCount() {
    return 1 << eventsLog2;
  }

  /** Entries in the completion queue. */
  public int completionCount() {
    return 1 << completionsLog2;
  }

  /** Entries in the table of RDMA windows. */
  public int rdmaWindowCount() {
    return 1 << rdmaWindowsLog2;
  }

  /** Send slots. */
  public int sendSlotCount() {
    return 1 << sendSlotsLog2;
  }

  /** Bytes of the receive buffer. */
  public int receiveBytes() {
    return 1 << receiveBytesLog2;
  }
}
