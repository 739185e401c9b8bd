package io.myrixen.xen.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.myrixen.xen.XenException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** An eventfd with which threads of one process wake one that sleeps in a {@link PollSet}. */
public final class WakeUp implements AutoCloseable {

  private static final MethodHandle EVENTFD =
      Native.link("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle WRITE =
      Native.link("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle READ =
      Native.link("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));

  private static final int EFD_CLOEXEC = 0x80000;
  private static final int EFD_NONBLOCK = 0x800;

  private static final MemorySegment ONE = one();

  private final Descriptor descriptor;
  private final MemorySegment count = Arena.ofAuto().allocate(JAVA_LONG);

  /**
   * Makes one.
   *
   * @throws XenException with {@code NO_SPACE} if descriptors have run out
   */
  public WakeUp() {
    descriptor = new Descriptor(create());
  }

  private static MemorySegment one() {
    MemorySegment one = Arena.global().allocate(JAVA_LONG);
    one.set(JAVA_LONG, 0, 1);
    return one;
  }

  private static int create() {
    MemorySegment callState = Native.callState();
    try {
      int number = (int) EVENTFD.invokeExact(callState, 0, EFD_CLOEXEC | EFD_NONBLOCK);
      if (number < 0) {
        throw Native.failure("eventfd", callState);
      }
      return number;
    } catch (XenException e) {
      throw e;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }

  /** The eventfd, for who sleeps on it. */
  public Descriptor descriptor() {
    return descriptor;
  }

  /** Wakes the sleeper, now or when it next sleeps. Any thread. */
  public void signal() {
    if (descriptor.hold()) {
      try {
        long ignored =
            (long)
                WRITE.invokeExact(Native.callState(), descriptor.number(), ONE, (long) Long.BYTES);
      } catch (Throwable e) {
        throw Native.unexpected(e);
      } finally {
        descriptor.letGo();
      }
    }
  }

  /** Takes all signals. One thread at a time. Returns whether there was one. */
  public boolean take() {
    if (!descriptor.hold()) {
      return false;
    }
    try {
      return (long)
              READ.invokeExact(Native.callState(), descriptor.number(), count, (long) Long.BYTES)
          > 0;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    } finally {
      descriptor.letGo();
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
