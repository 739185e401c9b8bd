package io.myrixen.xen.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A socket at which processes of this user, and of no other, may connect. Readable when one waits;
 * taking it never blocks. Confined to one thread.
 */
public final class UnixListener implements PollSource, AutoCloseable {

  private static final MethodHandle SOCKET =
      Native.link("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      Native.link("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle LISTEN =
      Native.link("listen", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle ACCEPT =
      Native.link("accept4", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
  private static final MethodHandle GETSOCKOPT =
      Native.link(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

  private static final int SOCK_STREAM = 1;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;

  /** {@code struct ucred}: process, user and group, four bytes each. */
  private static final int CREDENTIALS_BYTES = 12;

  private static final int UID_OFFSET = 4;

  /** Those that may wait to be taken; the next one waits in its own connect. */
  private static final int BACKLOG = 64;

  private final Path path;
  private final Descriptor descriptor;

  private UnixListener(Path path, Descriptor descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /**
   * Listens at {@code path}, which this user alone can reach. A socket that a dead process left
   * there is replaced.
   *
   * @throws XenException with {@code SYSTEM} if the system refuses, {@code BAD_REQUEST} if the path
   *     is too long for the address of a socket
   */
  public static UnixListener listen(Path path) {
    MemorySegment callState = Native.callState();
    Descriptor descriptor = null;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = UnixAddress.of(path, arena);
      int type = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
      int number = (int) SOCKET.invokeExact(callState, UnixAddress.AF_UNIX, type, 0);
      if (number < 0) {
        throw Native.failure("socket", callState);
      }
      descriptor = new Descriptor(number);
      Files.deleteIfExists(path);
      if ((int) BIND.invokeExact(callState, number, address, UnixAddress.BYTES) < 0) {
        throw Native.failure("bind to " + path, callState);
      }
      // Nobody can connect before listen; whose process it is, is looked at besides.
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      if ((int) LISTEN.invokeExact(callState, number, BACKLOG) < 0) {
        throw Native.failure("listen at " + path, callState);
      }
      return new UnixListener(path, descriptor);
    } catch (Throwable e) {
      if (descriptor != null) {
        descriptor.close();
      }
      if (e instanceof XenException refused) {
        throw refused;
      }
      if (e instanceof IOException) {
        throw new XenException(Reason.SYSTEM, "cannot listen at " + path, e);
      }
      throw Native.unexpected(e);
    }
  }

  /**
   * Takes the next process that connects.
   *
   * @return null if none waits, or it has gone already, or it is another user's
   * @throws XenException with {@code NO_SPACE} if descriptors have run out
   */
  public @Nullable UnixStream accept() {
    MemorySegment callState = Native.callState();
    try {
      int number =
          (int)
              ACCEPT.invokeExact(
                  callState,
                  descriptor.number(),
                  MemorySegment.NULL,
                  MemorySegment.NULL,
                  SOCK_CLOEXEC);
      if (number >= 0) {
        return ofThisUser(new Descriptor(number));
      }
      return switch (Native.errno(callState)) {
        case Native.EMFILE, Native.ENFILE, Native.ENOMEM ->
            throw Native.failure("accept4", callState);
        default -> null; // It has gone meanwhile, or none is there.
      };
    } catch (XenException e) {
      throw e;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }

  private static @Nullable UnixStream ofThisUser(Descriptor connected) {
    if (uid(connected) == Users.currentUid()) {
      return new UnixStream(connected);
    }
    connected.close();
    return null;
  }

  /** Returns who connected, as the system saw it then; -1 if it does not say. */
  private static long uid(Descriptor connected) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment credentials = arena.allocate(CREDENTIALS_BYTES, Integer.BYTES);
      MemorySegment length = arena.allocate(JAVA_INT);
      length.set(JAVA_INT, 0, CREDENTIALS_BYTES);
      int result =
          (int)
              GETSOCKOPT.invokeExact(
                  Native.callState(),
                  connected.number(),
                  SOL_SOCKET,
                  SO_PEERCRED,
                  credentials,
                  length);
      return result < 0 ? -1 : Integer.toUnsignedLong(credentials.get(JAVA_INT, UID_OFFSET));
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }

  @Override
  public Descriptor descriptor() {
    return descriptor;
  }

  @Override
  public boolean pendingUnseen() {
    return false;
  }

  /** Stops listening and removes the socket's file. Idempotent. */
  @Override
  public void close() {
    descriptor.close();
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new XenException(Reason.SYSTEM, "cannot remove " + path, e);
    }
  }
}
