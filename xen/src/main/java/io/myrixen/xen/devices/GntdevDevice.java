package io.myrixen.xen.devices;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.myrixen.xen.GrantTable;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.linux.DeviceFile;
import io.myrixen.xen.linux.PageRange;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Pages of other domains, which are first named to the device as a list, and then mapped from it as
 * a whole, once. Its requests are structures in the byte order of the machine:
 *
 * <pre>
 *   MAP_GRANT_REF   0 count u32 | 8 index u64 (out) | 16 + 8 i domid u32, reference u32
 *   UNMAP_GRANT_REF 0 index u64 | 8 count u32
 * </pre>
 *
 * <p>The index is where the list lies in the device, in bytes. Any thread.
 */
final class GntdevDevice implements AutoCloseable {

  private static final int MAP_GRANT_REF = 0x00184700;
  private static final int UNMAP_GRANT_REF = 0x00104701;
  private static final int SET_UNMAP_NOTIFY = 0x00104707;

  private static final int INDEX_OFFSET = 8;
  private static final int REFERENCES_OFFSET = 16;
  private static final int REFERENCE_BYTES = 8;
  private static final int UNMAP_BYTES = 16;
  private static final int UNMAP_COUNT_OFFSET = 8;

  private final DeviceFile device = XenDevice.GNTDEV.open();

  /** A list that was named to the device. */
  record Entry(long index, int pageCount) {}

  /**
   * Names a list of references to the device, which does not look at them yet.
   *
   * @throws XenException with {@code NO_SPACE} if they are too many at once, saying how to raise
   *     that limit
   */
  Entry name(int owner, int[] references) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = mapRequest(arena, owner, references);
      int result = device.control(MAP_GRANT_REF, request);
      if (result < 0) {
        throw refusal(references.length, result);
      }
      return new Entry(request.get(JAVA_LONG, INDEX_OFFSET), references.length);
    }
  }

  static MemorySegment mapRequest(Arena arena, int owner, int[] references) {
    long lengthBytes = REFERENCES_OFFSET + (long) references.length * REFERENCE_BYTES;
    MemorySegment request = arena.allocate(lengthBytes, Long.BYTES);
    request.set(JAVA_INT, 0, references.length);
    long at = REFERENCES_OFFSET;
    for (int reference : references) {
      request.set(JAVA_INT, at, owner);
      request.set(JAVA_INT, at + Integer.BYTES, reference);
      at += REFERENCE_BYTES;
    }
    return request;
  }

  /** An EINVAL can only mean the limit on the count: nothing else of the list is looked at here. */
  private XenException refusal(int count, int result) {
    String call = "naming of %d references by MAP_GRANT_REF".formatted(count);
    if (result != -Errno.EINVAL) {
      Reason reason = result == -Errno.ENOMEM ? Reason.NO_SPACE : Reason.SYSTEM;
      return device.failure(reason, call, result);
    }
    return new XenException(
        Reason.NO_SPACE,
        "%s: one list may have %s, as %s says, which root can raise"
            .formatted(call, XenDevice.GNTDEV.limitText(), XenDevice.GNTDEV.limitPath()));
  }

  /**
   * Maps a list.
   *
   * @throws XenException with {@code BAD_REFERENCE} if it cannot be mapped; {@code NO_SPACE} if
   *     memory or mappings have run out
   */
  PageRange map(Entry entry, boolean writable) {
    long firstPage = entry.index() / GrantTable.PAGE_BYTES;
    var whole = new PageRange.Piece(device.descriptor(), firstPage, entry.pageCount());
    return PageRange.map(List.of(whole), writable);
  }

  /** Forgets a list, which is not mapped any more or never was. */
  void forget(Entry entry) {
    try (Arena arena = Arena.ofConfined()) {
      // Refused only for what is not there: after the device was closed, which forgot all.
      int ignored =
          device.control(UNMAP_GRANT_REF, unmapRequest(arena, entry.index(), entry.pageCount()));
    }
  }

  static MemorySegment unmapRequest(Arena arena, long index, int pageCount) {
    MemorySegment request = arena.allocate(UNMAP_BYTES, Long.BYTES);
    request.set(JAVA_LONG, 0, index);
    request.set(JAVA_INT, UNMAP_COUNT_OFFSET, pageCount);
    return request;
  }

  /** Has the byte at {@code offsetBytes} cleared, and {@code port} notified, at its unmapping. */
  void announceEnd(Entry entry, long offsetBytes, int port) {
    UnmapNotice.set(device, SET_UNMAP_NOTIFY, entry.index() + offsetBytes, port);
  }

  /** Locks it against every other process that locks it. Returns false if one has. */
  boolean tryLock() {
    return device.tryLock();
  }

  /** Forgets every list; what is mapped goes when it is unmapped. Idempotent. */
  @Override
  public void close() {
    device.close();
  }
}
