package io.myrixen.xen.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.myrixen.xen.GrantTable;
import io.myrixen.xen.XenException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Zeroed pages in a memfd, reserved when made, so that touching them later cannot fail, and sealed
 * against shrinking and growing, so that nobody who holds the descriptor can make another one's
 * access fault. The pages return to the system, which zeroes them for their next user, when every
 * descriptor and mapping is gone.
 */
public final class PageFile implements AutoCloseable {

  private static final MethodHandle MEMFD_CREATE =
      Native.link("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle FTRUNCATE =
      Native.link("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle FALLOCATE =
      Native.link(
          "fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));

  private static final int MFD_CLOEXEC = 0x1;
  private static final int MFD_ALLOW_SEALING = 0x2;

  /** Linux 6.3 and later: never executable, which is sealed too. */
  private static final int MFD_NOEXEC_SEAL = 0x8;

  private static final int F_ADD_SEALS = 0x409;
  private static final int F_SEAL_SEAL = 0x1;
  private static final int F_SEAL_SHRINK = 0x2;
  private static final int F_SEAL_GROW = 0x4;
  private static final int F_SEAL_FUTURE_WRITE = 0x10;

  /** What /proc shows as the name of such a mapping. */
  private static final MemorySegment NAME = Arena.global().allocateFrom("myrixen-pages");

  private final Descriptor descriptor;
  private final int pageCount;

  private PageFile(Descriptor descriptor, int pageCount) {
    this.descriptor = descriptor;
    this.pageCount = pageCount;
  }

  /**
   * Makes pages that whoever gets the descriptor may map as he likes. No other seal can be added: a
   * grantee could otherwise forbid writing to everybody.
   *
   * @throws XenException with {@code NO_SPACE} if memory or descriptors have run out
   */
  public static PageFile writable(int pageCount) {
    return make(pageCount, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
  }

  /**
   * Makes pages that their owner maps writable before {@link #forbidNewWriters} closes that way for
   * everybody else.
   *
   * @throws XenException with {@code NO_SPACE} if memory or descriptors have run out
   */
  public static PageFile writableUntilForbidden(int pageCount) {
    return make(pageCount, F_SEAL_SHRINK | F_SEAL_GROW);
  }

  private static PageFile make(int pageCount, int seals) {
    if (pageCount < 1) {
      throw new IllegalArgumentException("pageCount must be positive: " + pageCount);
    }
    Descriptor descriptor = new Descriptor(create());
    try {
      reserve(descriptor, (long) pageCount * GrantTable.PAGE_BYTES);
      descriptor.control("fcntl(F_ADD_SEALS)", F_ADD_SEALS, seals);
    } catch (XenException e) {
      descriptor.close();
      throw e;
    }
    return new PageFile(descriptor, pageCount);
  }

  private static int create() {
    MemorySegment callState = Native.callState();
    try {
      int number = (int) MEMFD_CREATE.invokeExact(callState, NAME, MFD_CLOEXEC | MFD_NOEXEC_SEAL);
      if (number < 0 && Native.errno(callState) == Native.EINVAL) {
        number = (int) MEMFD_CREATE.invokeExact(callState, NAME, MFD_CLOEXEC | MFD_ALLOW_SEALING);
      }
      if (number < 0) {
        throw Native.failure("memfd_create", callState);
      }
      return number;
    } catch (XenException e) {
      throw e;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }

  private static void reserve(Descriptor descriptor, long lengthBytes) {
    MemorySegment callState = Native.callState();
    try {
      if ((int) FTRUNCATE.invokeExact(callState, descriptor.number(), lengthBytes) < 0) {
        throw Native.failure("ftruncate to " + lengthBytes, callState);
      }
      int result;
      do {
        result = (int) FALLOCATE.invokeExact(callState, descriptor.number(), 0, 0L, lengthBytes);
      } while (result < 0 && Native.errno(callState) == Native.EINTR);
      if (result < 0) {
        throw Native.failure("fallocate of " + lengthBytes, callState);
      }
    } catch (XenException e) {
      throw e;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }

  /** How many pages. */
  public int pageCount() {
    return pageCount;
  }

  /** The memfd, owned by this object. */
  public Descriptor descriptor() {
    return descriptor;
  }

  /**
   * Leaves the writable mappings that exist and refuses new ones, and writes, from now on and for
   * ever. A descriptor opened read-only would not do: it can be opened again for writing through
   * /proc.
   */
  public void forbidNewWriters() {
    descriptor.control("fcntl(F_ADD_SEALS)", F_ADD_SEALS, F_SEAL_FUTURE_WRITE | F_SEAL_SEAL);
  }

  /** Closes the descriptor; mappings and duplicates live on. Idempotent. */
  @Override
  public void close() {
    descriptor.close();
  }
}
