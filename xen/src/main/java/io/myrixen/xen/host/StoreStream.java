package io.myrixen.xen.host;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.UnixStream;
import io.myrixen.xen.store.StoreTransport;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Carries the store's protocol over a socket. Confined to the client's thread, but for close. */
final class StoreStream implements StoreTransport {

  /** A message of the protocol with its header fits, in bytes. */
  private static final int BUFFER_BYTES = 8192;

  private static final int GONE = -1;

  private final UnixStream stream;
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES);

  StoreStream(UnixStream stream) {
    this.stream = stream;
  }

  Descriptor descriptor() {
    return stream.descriptor();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int written = 0;
    while (written < length) {
      int count = Math.min(length - written, BUFFER_BYTES);
      MemorySegment.copy(bytes, offset + written, buffer, JAVA_BYTE, 0, count);
      try {
        stream.send(buffer.asSlice(0, count));
      } catch (XenException e) {
        if (e.reason() == Reason.NO_HYPERVISOR) {
          return; // The next read says that the store is gone.
        }
        throw e;
      }
      written += count;
    }
  }

  @Override
  public int read(byte[] into, int offset, int length, boolean blocking) {
    int count = stream.receive(buffer.asSlice(0, Math.min(length, BUFFER_BYTES)), blocking);
    if (count == UnixStream.END) {
      return GONE;
    }
    if (count == UnixStream.NOTHING) {
      return 0;
    }
    MemorySegment.copy(buffer, JAVA_BYTE, 0, into, offset, count);
    return count;
  }

  @Override
  public void close() {
    stream.close();
  }
}
