package io.myrixen.xen.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.myrixen.xen.XenException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * One end of a socket pair that carries nothing but the news that there is news. Every call says
 * for itself that it must not wait: a flag on the open file could be cleared by whoever shares it,
 * so each end is an open file of its own.
 */
public final class NotifySocket implements AutoCloseable {

  /** {@link #drain} result: nothing was pending. */
  public static final int QUIET = 0;

  /** {@link #drain} result: something was pending. */
  public static final int NOTIFIED = 1;

  /** {@link #drain} result, alone or added to NOTIFIED: either end is closed for ever. */
  public static final int GONE = 2;

  private static final MethodHandle SOCKETPAIR =
      Native.link(
          "socketpair", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle SEND =
      Native.link("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECV =
      Native.link("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle SHUTDOWN =
      Native.link("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int SHUT_RDWR = 2;

  private static final MemorySegment ONE_BYTE = Arena.global().allocate(1);

  /** Far more than a socket of default size holds of single bytes, so that one call empties it. */
  private static final long DRAIN_BYTES = 4096;

  /** Where all that is drained goes: nobody reads it, so all threads may write to it at once. */
  private static final MemorySegment DRAINED = Arena.global().allocate(DRAIN_BYTES);

  /**
   * Most calls of one drain: one to empty the socket, one to see whether it has ended. Whoever goes
   * on would be kept for ever by a peer that never stops; what is left wakes again.
   */
  private static final int DRAIN_CALLS = 2;

  private final Descriptor descriptor;

  /** Takes over {@code descriptor}, one end of a pair. */
  public NotifySocket(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** Two descriptors of a new pair. */
  public record Pair(Descriptor near, Descriptor far) {}

  /**
   * Makes a pair.
   *
   * @throws XenException with {@code NO_SPACE} if descriptors have run out
   */
  public static Pair pair() {
    MemorySegment callState = Native.callState();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocate(JAVA_INT, 2);
      if ((int) SOCKETPAIR.invokeExact(callState, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, numbers)
          < 0) {
        throw Native.failure("socketpair", callState);
      }
      return new Pair(
          new Descriptor(numbers.getAtIndex(JAVA_INT, 0)),
          new Descriptor(numbers.getAtIndex(JAVA_INT, 1)));
    } catch (XenException e) {
      throw e;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }

  /** The socket, for who sleeps on it. */
  public Descriptor descriptor() {
    return descriptor;
  }

  /**
   * Notifies the other end. Never waits; any thread. If the socket is full, notifications are
   * pending there already and this one is among them; if the other end is gone, nobody cares.
   */
  public void raise() {
    if (descriptor.hold()) {
      try {
        long ignored =
            (long)
                SEND.invokeExact(
                    Native.callState(),
                    descriptor.number(),
                    ONE_BYTE,
                    1L,
                    MSG_DONTWAIT | MSG_NOSIGNAL);
      } catch (Throwable e) {
        throw Native.unexpected(e);
      } finally {
        descriptor.letGo();
      }
    }
  }

  /**
   * Takes what is pending, though not what comes meanwhile without end. Any thread.
   *
   * @return a sum of the constants above
   */
  public int drain() {
    MemorySegment callState = Native.callState();
    int seen = QUIET;
    for (int calls = 0; calls < DRAIN_CALLS; calls++) {
      if (!descriptor.hold()) {
        return seen | GONE;
      }
      long count;
      try {
        count =
            (long)
                RECV.invokeExact(
                    callState, descriptor.number(), DRAINED, DRAIN_BYTES, MSG_DONTWAIT);
      } catch (Throwable e) {
        throw Native.unexpected(e);
      } finally {
        descriptor.letGo();
      }
      if (count > 0) {
        seen = NOTIFIED;
      } else if (count == 0) {
        return seen | GONE;
      } else if (Native.errno(callState) == Native.EAGAIN) {
        return seen;
      } else if (Native.errno(callState) != Native.EINTR) {
        return seen | GONE; // A reset: the other end was closed with notifications unread.
      }
    }
    return seen;
  }

  /** Closes this end; the other one learns at once, also while somebody here sleeps on it. */
  @Override
  public void close() {
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
    descriptor.close();
  }
}
