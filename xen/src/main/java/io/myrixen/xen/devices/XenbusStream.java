package io.myrixen.xen.devices;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.DeviceFile;
import io.myrixen.xen.linux.PollSet;
import io.myrixen.xen.store.StoreTransport;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Carries the store's protocol through the kernel, which passes requests on and keeps the watches
 * itself. Confined to the client's thread, but for close.
 */
final class XenbusStream implements StoreTransport {

  /** What the kernel takes in one message, with the header, in bytes; an answer may be longer. */
  private static final int BUFFER_BYTES = 4096;

  /** How long a closed connection may go unnoticed by who waits for an answer. */
  private static final long CLOSED_LOOK_NS = 250_000_000L;

  private static final int GONE = -1;

  private final DeviceFile device = XenDevice.XENBUS.open();
  private final PollSet pollSet = new PollSet();
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES);
  private volatile boolean closed;

  /** Readable while an answer or an event waits. */
  Descriptor descriptor() {
    return device.descriptor();
  }

  boolean closed() {
    return closed;
  }

  /**
   * As declared.
   *
   * @throws XenStoreException if the kernel refuses a request itself, as it does with watches: no
   *     answer will come
   */
  @Override
  public void write(byte[] bytes, int offset, int length) {
    MemorySegment.copy(bytes, offset, buffer, JAVA_BYTE, 0, length);
    int written = closed ? length : device.write(buffer.asSlice(0, length));
    if (written != length && !closed) {
      throw new XenStoreException(
          errorName(written), "/dev/xen/xenbus does not take a request: " + written);
    }
  }

  private static String errorName(int result) {
    return switch (-result) {
      case Errno.ENOENT -> "ENOENT";
      case Errno.E2BIG -> "E2BIG";
      case Errno.ENOMEM -> "ENOMEM";
      case Errno.EACCES -> "EACCES";
      case Errno.EEXIST -> "EEXIST";
      case Errno.EINVAL -> "EINVAL";
      case Errno.ENOSPC -> "ENOSPC";
      default -> "EIO";
    };
  }

  @Override
  public int read(byte[] into, int offset, int length, boolean blocking) {
    while (!closed) {
      int count = device.read(buffer.asSlice(0, Math.min(length, BUFFER_BYTES)));
      if (count > 0) {
        MemorySegment.copy(buffer, JAVA_BYTE, 0, into, offset, count);
        return count;
      }
      if (count < 0) {
        return GONE;
      }
      if (!blocking) {
        return 0;
      }
      awaitReadable();
    }
    return GONE;
  }

  private void awaitReadable() {
    pollSet.add(device.descriptor());
    boolean ignored = pollSet.poll(CLOSED_LOOK_NS);
    pollSet.remove(device.descriptor());
  }

  /** Closes it; the kernel drops watches and transactions. Any thread. */
  @Override
  public void close() {
    closed = true;
    device.close();
  }
}
