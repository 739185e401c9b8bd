package io.myrixen.xen.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Links functions of the C library. Those linked here take, as first argument, the segment in which
 * {@code errno} is left: another call of the same thread, also one that the JVM makes for itself,
 * could overwrite the real one before it is read.
 */
final class Native {

  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int ENXIO = 6;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int ENODEV = 19;
  static final int EINVAL = 22;
  static final int EMFILE = 24;
  static final int ENFILE = 23;
  static final int ENOSPC = 28;
  static final int ETOOMANYREFS = 109;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(StructLayout.PathElement.groupElement("errno"));
  private static final ThreadLocal<MemorySegment> CALL_STATES =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CALL_STATE));

  /** How {@code strerror} is declared; it leaves no errno. */
  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

  /** Longest text of strerror that is read, in bytes; the longest of glibc has about 50. */
  private static final int ERROR_TEXT_BYTES = 256;

  private Native() {}

  /** Links {@code name}; the handle takes the call state before the function's own arguments. */
  static MethodHandle link(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
  }

  /** Links {@code name}, whose arguments from {@code firstVariadic} on are variadic. */
  static MethodHandle linkVariadic(String name, FunctionDescriptor type, int firstVariadic) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        type,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(firstVariadic));
  }

  /** The segment in which the calls of this thread leave errno. */
  static MemorySegment callState() {
    return CALL_STATES.get();
  }

  static int errno(MemorySegment callState) {
    return (int) ERRNO.get(callState, 0L);
  }

  /** Returns the failure of {@code call}, to be thrown. Being out of something is NO_SPACE. */
  static XenException failure(String call, MemorySegment callState) {
    int errno = errno(callState);
    Reason reason =
        switch (errno) {
          case ENOMEM, ENOSPC, EMFILE, ENFILE -> Reason.NO_SPACE;
          default -> Reason.SYSTEM;
        };
    return failure(reason, call, errno);
  }

  /** As {@link #failure(String, MemorySegment)}, where the call itself says what failing means. */
  static XenException failure(Reason reason, String call, MemorySegment callState) {
    return failure(reason, call, errno(callState));
  }

  /** As {@link #failure(Reason, String, MemorySegment)}, of an error whose number was kept. */
  static XenException failure(Reason reason, String call, int errno) {
    return new XenException(reason, call + ": " + text(errno) + " (errno " + errno + ")");
  }

  /** A linked function cannot throw, but its handle is declared to: this says so once. */
  static AssertionError unexpected(Throwable thrown) {
    return new AssertionError("a linked function threw", thrown);
  }

  private static String text(int errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
      return text.reinterpret(ERROR_TEXT_BYTES).getString(0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }
}
