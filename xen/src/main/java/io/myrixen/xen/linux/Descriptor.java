package io.myrixen.xen.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Owner of one file descriptor, which it closes once. The number of a closed descriptor belongs to
 * whatever is opened next, so a thread that uses it holds it meanwhile: a close from elsewhere then
 * takes effect when the last holder lets go. Any thread may call anything here.
 */
public final class Descriptor implements AutoCloseable {

  private static final MethodHandle CLOSE =
      Native.link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle FCNTL =
      Native.linkVariadic(
          "fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2);

  private static final int F_DUPFD_CLOEXEC = 0x406;

  /** Set in {@link #state} once closed; the bits below count the holders. */
  private static final int CLOSING = 1 << 30;

  private final int number;
  private final AtomicInteger state = new AtomicInteger();

  /** Takes over {@code number}, which nobody else closes from now on. */
  public Descriptor(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("not a descriptor: " + number);
    }
    this.number = number;
  }

  /**
   * Returns the number, for a call made between {@link #hold} and {@link #letGo}, or by who knows
   * that nobody closes it meanwhile.
   */
  public int number() {
    return number;
  }

  /** Keeps the number from being closed. Returns false, and holds nothing, if it is closed. */
  public boolean hold() {
    while (true) {
      int seen = state.get();
      if ((seen & CLOSING) != 0) {
        return false;
      }
      if (state.compareAndSet(seen, seen + 1)) {
        return true;
      }
    }
  }

  /** Ends one {@link #hold}. */
  public void letGo() {
    if (state.decrementAndGet() == CLOSING) {
      closeNumber();
    }
  }

  /** Returns a new descriptor of the same open file, close-on-exec. */
  public Descriptor duplicate() {
    return new Descriptor(control("fcntl(F_DUPFD_CLOEXEC)", F_DUPFD_CLOEXEC, 0));
  }

  /** Calls fcntl and returns its result, throwing on failure under the name {@code what}. */
  int control(String what, int command, int argument) {
    if (!hold()) {
      throw new XenException(Reason.SYSTEM, what + ": descriptor is closed");
    }
    MemorySegment callState = Native.callState();
    try {
      int result = (int) FCNTL.invokeExact(callState, number, command, argument);
      if (result < 0) {
        throw Native.failure(what, callState);
      }
      return result;
    } catch (XenException e) {
      throw e;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    } finally {
      letGo();
    }
  }

  @Override
  public void close() {
    while (true) {
      int seen = state.get();
      if ((seen & CLOSING) != 0) {
        return;
      }
      if (state.compareAndSet(seen, seen | CLOSING)) {
        if (seen == 0) {
          closeNumber();
        }
        return;
      }
    }
  }

  private void closeNumber() {
    try {
      // On Linux the number is free also after EINTR and EIO: never close it a second time.
      int ignored = (int) CLOSE.invokeExact(Native.callState(), number);
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }

  @Override
  public String toString() {
    return "descriptor " + number;
  }
}
