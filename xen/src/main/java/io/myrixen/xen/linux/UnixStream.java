package io.myrixen.xen.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A stream socket to another process of this host that may send descriptors along with bytes; they
 * queue up here, close-on-exec, until taken. One thread may send while another receives.
 */
public final class UnixStream implements AutoCloseable {

  private static final MethodHandle SOCKET =
      Native.link("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle CONNECT =
      Native.link("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SEND =
      Native.link("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle SHUTDOWN =
      Native.link("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  private static final int SOCK_STREAM = 1;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int SHUT_RDWR = 2;

  /** What {@link #receive} returns if there is nothing now. */
  public static final int NOTHING = -1;

  /** What {@link #receive} returns once the other side has gone. */
  public static final int END = 0;

  private final Descriptor descriptor;
  private final DescriptorPassing receiver;

  /** Emptied by a close that may come from any thread. */
  private final Queue<Descriptor> received = new ConcurrentLinkedQueue<>();

  /** Takes over a connected socket. */
  UnixStream(Descriptor descriptor) {
    this.descriptor = descriptor;
    this.receiver = new DescriptorPassing(descriptor);
  }

  /**
   * Connects to the socket at {@code path}.
   *
   * @throws XenException with {@code NO_HYPERVISOR} if nobody listens there or one may not, {@code
   *     BAD_REQUEST} if the path is too long for the address of a socket
   */
  public static UnixStream connect(Path path) {
    MemorySegment callState = Native.callState();
    Descriptor descriptor = null;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = UnixAddress.of(path, arena);
      int number =
          (int) SOCKET.invokeExact(callState, UnixAddress.AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
      if (number < 0) {
        throw Native.failure("socket", callState);
      }
      descriptor = new Descriptor(number);
      if ((int) CONNECT.invokeExact(callState, number, address, UnixAddress.BYTES) < 0) {
        throw Native.failure(Reason.NO_HYPERVISOR, "connect to " + path, callState);
      }
      return new UnixStream(descriptor);
    } catch (Throwable e) {
      if (descriptor != null) {
        descriptor.close();
      }
      if (e instanceof XenException refused) {
        throw refused;
      }
      throw Native.unexpected(e);
    }
  }

  /** The socket, for who sleeps on it. */
  public Descriptor descriptor() {
    return descriptor;
  }

  /**
   * Sends all of {@code bytes}, which is native memory, waiting as long as the server does not
   * read.
   *
   * @throws XenException with {@code NO_HYPERVISOR} if the other side has gone
   */
  public void send(MemorySegment bytes) {
    MemorySegment callState = Native.callState();
    long sent = 0;
    while (sent < bytes.byteSize()) {
      if (!descriptor.hold()) {
        throw new XenException(Reason.NO_HYPERVISOR, "the connection is closed");
      }
      try {
        MemorySegment rest = bytes.asSlice(sent);
        long result =
            (long)
                SEND.invokeExact(
                    callState, descriptor.number(), rest, rest.byteSize(), MSG_NOSIGNAL);
        if (result >= 0) {
          sent += result;
        } else if (Native.errno(callState) != Native.EINTR) {
          throw Native.failure(Reason.NO_HYPERVISOR, "send", callState);
        }
      } catch (XenException e) {
        throw e;
      } catch (Throwable e) {
        throw Native.unexpected(e);
      } finally {
        descriptor.letGo();
      }
    }
  }

  /**
   * Sends all of {@code bytes} and with them {@code descriptors}, or nothing, without waiting.
   *
   * @param bytes native memory, at least one byte and at most a page
   * @param descriptors at most 253; they stay the caller's
   * @return false if the other side leaves no room
   * @throws XenException with {@code SYSTEM} if the other side has gone or the system refuses
   */
  public boolean trySend(MemorySegment bytes, List<Descriptor> descriptors) {
    if (!descriptor.hold()) {
      throw new XenException(Reason.SYSTEM, "the connection is closed");
    }
    try {
      return DescriptorPassing.send(descriptor.number(), bytes, descriptors);
    } finally {
      descriptor.letGo();
    }
  }

  /**
   * Receives at most {@code into.byteSize()} bytes into native memory, and any descriptors that
   * came with them.
   *
   * @param blocking whether to wait until there is something
   * @return how many bytes, {@link #END} or {@link #NOTHING}
   * @throws XenException with {@code NO_SPACE} if a descriptor was lost because too many are open
   */
  public int receive(MemorySegment into, boolean blocking) {
    return receiver.receive(into, blocking, received);
  }

  /** Takes the oldest descriptor received, or null. */
  public @Nullable Descriptor takeDescriptor() {
    return received.poll();
  }

  /** Ends both directions: whoever waits in {@link #receive} returns. Any thread. */
  public void shutdown() {
    if (descriptor.hold()) {
      try {
        int ignored =
            (int) SHUTDOWN.invokeExact(Native.callState(), descriptor.number(), SHUT_RDWR);
      } catch (Throwable e) {
        throw Native.unexpected(e);
      } finally {
        descriptor.letGo();
      }
    }
  }

  /** Closes the socket and what was not taken. Idempotent. */
  @Override
  public void close() {
    shutdown();
    descriptor.close();
    for (Descriptor left = received.poll(); left != null; left = received.poll()) {
      left.close();
    }
  }
}
