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

/**
 * A character device of the kernel, opened for reading and writing without blocking, close-on-exec.
 * What a refusal means differs from device to device, so that calls return the error's number,
 * negated. Any thread may call anything here.
 */
public final class DeviceFile implements AutoCloseable {

  private static final MethodHandle OPEN =
      Native.link("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle IOCTL =
      Native.linkVariadic(
          "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
  private static final MethodHandle READ =
      Native.link("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      Native.link("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));

  private static final MethodHandle FLOCK =
      Native.link("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  private static final int LOCK_EXCLUSIVE_NOW = 2 | 4;

  private static final int O_RDWR = 0x2;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;

  /** What a call on a closed device returns, as the kernel would. */
  private static final int CLOSED = -9;

  private final String path;
  private final Descriptor descriptor;

  private DeviceFile(String path, Descriptor descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /**
   * Opens the device at {@code path}.
   *
   * @throws XenException with {@code NO_HYPERVISOR} if there is no such device, {@code
   *     NOT_PERMITTED} if this user may not open it, {@code NO_SPACE} if descriptors have run out
   */
  public static DeviceFile open(String path) {
    MemorySegment callState = Native.callState();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      int number = (int) OPEN.invokeExact(callState, name, O_RDWR | O_NONBLOCK | O_CLOEXEC);
      if (number < 0) {
        throw refusal(path, callState);
      }
      return new DeviceFile(path, new Descriptor(number));
    } catch (XenException e) {
      throw e;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }

  private static XenException refusal(String path, MemorySegment callState) {
    String call = "open of " + path;
    return switch (Native.errno(callState)) {
      case Native.ENOENT, Native.ENODEV, Native.ENXIO ->
          Native.failure(Reason.NO_HYPERVISOR, call, callState);
      case Native.EPERM, Native.EACCES -> Native.failure(Reason.NOT_PERMITTED, call, callState);
      default -> Native.failure(call, callState);
    };
  }

  /** For who maps it or sleeps on it. */
  public Descriptor descriptor() {
    return descriptor;
  }

  /**
   * Locks the device against all others who lock it, as long as it is open here. It stays of use to
   * those who do not.
   *
   * @return false if somebody else has locked it
   */
  public boolean tryLock() {
    if (!descriptor.hold()) {
      return false;
    }
    try {
      return (int) FLOCK.invokeExact(Native.callState(), descriptor.number(), LOCK_EXCLUSIVE_NOW)
          == 0;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    } finally {
      descriptor.letGo();
    }
  }

  /**
   * Makes the device do {@code request}.
   *
   * @param argument native memory, read and written by the device
   * @return what the device says, 0 or more; the negated number of the error if it refuses
   */
  public int control(int request, MemorySegment argument) {
    if (!descriptor.hold()) {
      return CLOSED;
    }
    MemorySegment callState = Native.callState();
    try {
      int result;
      do {
        result = (int) IOCTL.invokeExact(callState, descriptor.number(), (long) request, argument);
      } while (result < 0 && Native.errno(callState) == Native.EINTR);
      return result < 0 ? -Native.errno(callState) : result;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    } finally {
      descriptor.letGo();
    }
  }

  /**
   * Reads what there is into native memory.
   *
   * @return how many bytes; 0 if there is nothing now; the negated number of an error
   */
  public int read(MemorySegment into) {
    return transfer(READ, into);
  }

  /**
   * Writes bytes of native memory, waiting for room if the device makes its writers wait.
   *
   * @return how many bytes it took; 0 if it takes none now; the negated number of an error
   */
  public int write(MemorySegment from) {
    return transfer(WRITE, from);
  }

  private int transfer(MethodHandle call, MemorySegment memory) {
    if (!descriptor.hold()) {
      return CLOSED;
    }
    MemorySegment callState = Native.callState();
    try {
      long count;
      do {
        count = (long) call.invokeExact(callState, descriptor.number(), memory, memory.byteSize());
      } while (count < 0 && Native.errno(callState) == Native.EINTR);
      return result(count, callState);
    } catch (Throwable e) {
      throw Native.unexpected(e);
    } finally {
      descriptor.letGo();
    }
  }

  private static int result(long count, MemorySegment callState) {
    if (count >= 0) {
      return (int) count;
    }
    int errno = Native.errno(callState);
    return errno == Native.EAGAIN ? 0 : -errno;
  }

  /**
   * Returns the refusal that {@link #control}, {@link #read} or {@link #write} returned, to be
   * thrown.
   *
   * @param result negative
   */
  public XenException failure(Reason reason, String call, int result) {
    return Native.failure(reason, "%s of %s".formatted(call, path), -result);
  }

  /** Closes it, when no other thread is inside any more. Idempotent. */
  @Override
  public void close() {
    descriptor.close();
  }
}
