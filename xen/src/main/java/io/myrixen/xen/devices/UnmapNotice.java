package io.myrixen.xen.devices;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.linux.DeviceFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What the kernel does for a process that unmaps its pages or dies: gntalloc and gntdev take the
 * same request.
 *
 * <pre>
 *   0 index u64, of the byte to be cleared | 8 action u32 | 12 port u32, to be notified
 * </pre>
 */
final class UnmapNotice {

  private static final int LENGTH = 16;
  private static final int ACTION_OFFSET = 8;
  private static final int PORT_OFFSET = 12;
  private static final int CLEAR_BYTE = 1;
  private static final int SEND_EVENT = 2;

  private UnmapNotice() {}

  /**
   * Has the byte at {@code index} cleared, and then {@code port} notified.
   *
   * @throws XenException with {@code SYSTEM} if the device refuses
   */
  static void set(DeviceFile device, int request, long index, int port) {
    try (Arena arena = Arena.ofConfined()) {
      int result = device.control(request, argument(arena, index, port));
      if (result < 0) {
        throw device.failure(
            Reason.SYSTEM, "SET_UNMAP_NOTIFY at %d with port %d".formatted(index, port), result);
      }
    }
  }

  static MemorySegment argument(Arena arena, long index, int port) {
    MemorySegment argument = arena.allocate(LENGTH, Long.BYTES);
    argument.set(JAVA_LONG, 0, index);
    argument.set(JAVA_INT, ACTION_OFFSET, CLEAR_BYTE | SEND_EVENT);
    argument.set(JAVA_INT, PORT_OFFSET, port);
    return argument;
  }
}
