package io.myrixen.xen.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** Who this process runs as. */
public final class Users {

  private static final MethodHandle GETUID = Native.link("getuid", FunctionDescriptor.of(JAVA_INT));

  private Users() {}

  /** The number of this process's user, as an unsigned 32-bit value. */
  public static long currentUid() {
    try {
      return Integer.toUnsignedLong((int) GETUID.invokeExact(Native.callState()));
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }
}
