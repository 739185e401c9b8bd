package io.myrixen.xen.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** {@code struct sockaddr_un}: a family of two bytes, then the path with its NUL. */
final class UnixAddress {

  static final int AF_UNIX = 1;

  /** Length of the structure, in bytes. */
  static final int BYTES = 110;

  private static final int PATH_OFFSET = 2;

  private UnixAddress() {}

  /**
   * Returns the address of the socket at {@code path}.
   *
   * @throws XenException with {@code BAD_REQUEST} if the path is too long
   */
  static MemorySegment of(Path path, Arena arena) {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length >= BYTES - PATH_OFFSET) {
      throw new XenException(
          Reason.BAD_REQUEST,
          "path of a socket must be shorter than %d bytes: %s"
              .formatted(BYTES - PATH_OFFSET, path));
    }
    MemorySegment address = arena.allocate(BYTES, Short.BYTES);
    address.set(JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(name, 0, address, JAVA_BYTE, PATH_OFFSET, name.length);
    return address;
  }
}
