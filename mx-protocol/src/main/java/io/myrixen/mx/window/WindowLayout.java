package io.myrixen.mx.window;

/**
 * Where the parts of a window lie. Offsets are in bytes from the start of the window; each part
 * begins where the one before it ends, on a page.
 *
 * <pre>
 *          +--------------------------------------------------------------+
 *        0 | control lines, one page (see {@link ControlLines})            |
 *          +--------------------------------------------------------------+
 *          | send queue: commands x 64                       VM  -&gt; NIC  |
 *          +--------------------------------------------------------------+
 *          | small payloads: commands x 128, cell i of command i          |
 *          +--------------------------------------------------------------+
 *          | receive-event queue: events x 64                NIC -&gt; VM   |
 *          +--------------------------------------------------------------+
 *          | completion queue: completions x 64              NIC -&gt; VM   |
 *          +--------------------------------------------------------------+
 *          | RDMA windows: rdmaWindows x 128 (see {@link RdmaWindowEntry}) |
 *          +--------------------------------------------------------------+
 *          | send slots: sendSlots x 4096                    VM  -&gt; NIC  |
 *          +--------------------------------------------------------------+
 *          | receive buffer: a ring of bytes                 NIC -&gt; VM   |
 *          +--------------------------------------------------------------+
 * </pre>
 *
 * <p>All numbers in a window are little-endian.
 */
public final class WindowLayout {

  /** Version of everything in this package. Two builds with different numbers do not connect. */
  public static final int VERSION = 2;

  /** Pages are 4 KiB as Xen counts them, whatever the machine's page size. */
  public static final int PAGE_BYTES = 4096;

  /** Payload cell of one SMALL command: MX's largest small message. */
  public static final int SMALL_CELL_BYTES = 128;

  /** MX's largest medium message: as many bytes as the send slots hold that a command names. */
  public static final int MEDIUM_BYTES = 32 * 1024;

  /** A medium message lies in its send slots in pieces of this length, the last one shorter. */
  public static final int SEND_SLOT_BYTES = 4096;

  /** Every payload in the receive buffer begins on such a boundary, alone on its cache lines. */
  public static final int RECEIVE_ALIGNMENT_BYTES = 64;

  private final WindowGeometry geometry;
  private final long commandsOffset;
  private final long smallCellsOffset;
  private final long eventsOffset;
  private final long completionsOffset;
  private final long rdmaWindowsOffset;
  private final long sendSlotsOffset;
  private final long receiveOffset;
  private final long lengthBytes;

  /** Lays a window of {@code geometry} out. */
  public WindowLayout(WindowGeometry geometry) {
    this.geometry = geometry;
    commandsOffset = PAGE_BYTES;
    smallCellsOffset = after(commandsOffset, geometry.commandCount(), SlotFields.LENGTH);
    eventsOffset = after(smallCellsOffset, geometry.commandCount(), SMALL_CELL_BYTES);
    completionsOffset = after(eventsOffset, geometry.eventCount(), SlotFields.LENGTH);
    rdmaWindowsOffset = after(completionsOffset, geometry.completionCount(), SlotFields.LENGTH);
    sendSlotsOffset = after(rdmaWindowsOffset, geometry.rdmaWindowCount(), RdmaWindowEntry.LENGTH);
    receiveOffset = after(sendSlotsOffset, geometry.sendSlotCount(), SEND_SLOT_BYTES);
    lengthBytes = after(receiveOffset, geometry.receiveBytes(), 1);
  }

  private static long after(long offset, long count, int bytesEach) {
    long end = offset + count * bytesEach;
    return (end + PAGE_BYTES - 1) & -PAGE_BYTES;
  }

  /** The geometry this layout is of. */
  public WindowGeometry geometry() {
    return geometry;
  }

  /** Start of the send queue. */
  public long commandsOffset() {
    return commandsOffset;
  }

  /** Start of the payload cell that goes with the command at {@code position}. */
  public long smallCellOffset(long position) {
    return smallCellsOffset + (position & (geometry.commandCount() - 1)) * (long) SMALL_CELL_BYTES;
  }

  /** Start of the receive-event queue. */
  public long eventsOffset() {
    return eventsOffset;
  }

  /** Start of the completion queue. */
  public long completionsOffset() {
    return completionsOffset;
  }

  /** Start of the entry of RDMA window {@code id}, which the caller has checked. */
  public long rdmaWindowOffset(int id) {
    return rdmaWindowsOffset + (long) id * RdmaWindowEntry.LENGTH;
  }

  /** Start of send slot {@code index}, which the caller has checked. */
  public long sendSlotOffset(int index) {
    return sendSlotsOffset + (long) index * SEND_SLOT_BYTES;
  }

  /** Start of what lies at {@code position} of the receive buffer's stream of bytes. */
  public long receiveOffset(long position) {
    return receiveOffset + (position & (geometry.receiveBytes() - 1));
  }

  /** Length of the whole window, in bytes: whole pages. */
  public long lengthBytes() {
    return lengthBytes;
  }

  /** Length of the whole window, in pages. */
  public int pageCount() {
    return (int) (lengthBytes / PAGE_BYTES);
  }
}
