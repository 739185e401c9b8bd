package io.myrixen.xen.devices;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.myrixen.xen.GrantTable;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.linux.DeviceFile;
import io.myrixen.xen.linux.PageRange;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Pages that the kernel allocates and grants in one act. Its requests are structures in the byte
 * order of the machine:
 *
 * <pre>
 *   ALLOC_GREF   0 domid u16 | 2 flags u16 | 4 count u32 | 8 index u64 (out) | 16 references (out)
 *   DEALLOC_GREF 0 index u64 | 8 count u32 | 12 padding
 * </pre>
 *
 * <p>The index is where the pages lie in the device, in bytes, and is never used again. Any thread.
 */
final class GntallocDevice implements AutoCloseable {

  /** Domids above are names for no domain in particular, in bits that Xen takes for a domid. */
  static final int MAX_DOMID = 0x7FEF;

  private static final int ALLOC_GREF = 0x00184705;
  private static final int DEALLOC_GREF = 0x00104706;
  private static final int SET_UNMAP_NOTIFY = 0x00104707;

  private static final int FLAGS_OFFSET = 2;
  private static final int COUNT_OFFSET = 4;
  private static final int INDEX_OFFSET = 8;
  private static final int REFERENCES_OFFSET = 16;

  /** The structure has room for one reference, and is padded to its alignment. */
  private static final int ALLOC_MIN_BYTES = 24;

  private static final short WRITABLE = 1;
  private static final int DEALLOC_BYTES = 16;
  private static final int DEALLOC_COUNT_OFFSET = 8;

  private final DeviceFile device = XenDevice.GNTALLOC.open();

  /** Pages in the device, with the references that they are granted under. */
  static final class Allocation {
    private final long index;
    private final int[] references;

    private Allocation(long index, int[] references) {
      this.index = index;
      this.references = references;
    }

    int pageCount() {
      return references.length;
    }

    int reference(int pageIndex) {
      return references[pageIndex];
    }
  }

  /**
   * Allocates and grants.
   *
   * @throws XenException with {@code NO_SPACE} if a limit is reached, saying which and how to raise
   *     it
   */
  Allocation allocate(int grantee, int pageCount, Access access) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = allocRequest(arena, grantee, pageCount, access);
      int result = device.control(ALLOC_GREF, request);
      if (result < 0) {
        throw refusal(pageCount, result);
      }
      int[] references = new int[pageCount];
      MemorySegment.copy(request, JAVA_INT, REFERENCES_OFFSET, references, 0, pageCount);
      return new Allocation(request.get(JAVA_LONG, INDEX_OFFSET), references);
    }
  }

  static MemorySegment allocRequest(Arena arena, int grantee, int pageCount, Access access) {
    long lengthBytes = Math.max(ALLOC_MIN_BYTES, REFERENCES_OFFSET + 4L * pageCount);
    MemorySegment request = arena.allocate(lengthBytes, Long.BYTES);
    request.set(JAVA_SHORT, 0, (short) grantee);
    request.set(JAVA_SHORT, FLAGS_OFFSET, access == Access.READ_WRITE ? WRITABLE : 0);
    request.set(JAVA_INT, COUNT_OFFSET, pageCount);
    return request;
  }

  private XenException refusal(int pageCount, int result) {
    String call = "grant of %d pages by ALLOC_GREF".formatted(pageCount);
    if (result != -Errno.ENOSPC) {
      Reason reason = result == -Errno.ENOMEM ? Reason.NO_SPACE : Reason.SYSTEM;
      return device.failure(reason, call, result);
    }
    return new XenException(
        Reason.NO_SPACE,
        ("%s: the processes of this domain may have granted %s pages at a time, as %s says, which"
                + " root can raise; or else the domain's grant table is full: max_grant_frames in"
                + " its configuration")
            .formatted(call, XenDevice.GNTALLOC.limitText(), XenDevice.GNTALLOC.limitPath()));
  }

  /**
   * Maps what was allocated, for reading and writing.
   *
   * @throws XenException if the system refuses
   */
  PageRange map(Allocation allocation) {
    long firstPage = allocation.index / GrantTable.PAGE_BYTES;
    var whole = new PageRange.Piece(device.descriptor(), firstPage, allocation.pageCount());
    return PageRange.map(List.of(whole), true);
  }

  /** Gives pages back, which are not mapped here any more. */
  void free(Allocation allocation) {
    try (Arena arena = Arena.ofConfined()) {
      // Refused only for what is not there: after the device was closed, which gave all back.
      int ignored =
          device.control(
              DEALLOC_GREF, freeRequest(arena, allocation.index, allocation.pageCount()));
    }
  }

  static MemorySegment freeRequest(Arena arena, long index, int pageCount) {
    MemorySegment request = arena.allocate(DEALLOC_BYTES, Long.BYTES);
    request.set(JAVA_LONG, 0, index);
    request.set(JAVA_INT, DEALLOC_COUNT_OFFSET, pageCount);
    return request;
  }

  /**
   * Has the byte at {@code offsetBytes} cleared, and {@code port} notified, when they are freed.
   */
  void announceEnd(Allocation allocation, long offsetBytes, int port) {
    UnmapNotice.set(device, SET_UNMAP_NOTIFY, allocation.index + offsetBytes, port);
  }

  /** Locks it against every other process that locks it. Returns false if one has. */
  boolean tryLock() {
    return device.tryLock();
  }

  /** Gives back all that is not mapped any more; the rest goes when it is unmapped. Idempotent. */
  @Override
  public void close() {
    device.close();
  }
}
