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
import java.util.List;
import java.util.Queue;

/**
 * The one place where descriptors come in from another process, always close-on-exec, and go out to
 * one: recvmsg and sendmsg with SCM_RIGHTS. An instance receives, confined to one thread.
 *
 * <pre>
 *   struct msghdr, 56 bytes                  struct cmsghdr, 16 bytes
 *    0 name            8 name length          0 length, header included
 *   16 iov            24 iov count            8 level
 *   32 control        40 control length      12 type
 *   48 flags                                 16 descriptors, 4 bytes each
 * </pre>
 */
public final class DescriptorPassing {

  private static final MethodHandle RECVMSG =
      Native.link("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));

  private static final MethodHandle SENDMSG =
      Native.link("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));

  private static final MethodHandle IOCTL =
      Native.linkVariadic(
          "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);

  private static final long SIOCOUTQ = 0x5411;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;
  private static final int MSG_CTRUNC = 0x8;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;

  private static final int MESSAGE_BYTES = 56;
  private static final int IOV_OFFSET = 16;
  private static final int IOV_COUNT_OFFSET = 24;
  private static final int CONTROL_OFFSET = 32;
  private static final int CONTROL_LENGTH_OFFSET = 40;
  private static final int FLAGS_OFFSET = 48;
  private static final int IOV_BYTES = 16;
  private static final int IOV_LENGTH_OFFSET = 8;
  private static final int CONTROL_HEADER_BYTES = 16;
  private static final int LEVEL_OFFSET = 8;
  private static final int TYPE_OFFSET = 12;
  private static final int ALIGNMENT = 8;

  /** As many descriptors as Linux lets one message carry: SCM_MAX_FD. */
  private static final int MAX_DESCRIPTORS = 253;

  /** Room for as many, and the padding to the next multiple of the alignment. */
  private static final int CONTROL_BYTES =
      CONTROL_HEADER_BYTES + (MAX_DESCRIPTORS + 1) * Integer.BYTES;

  private final Descriptor socket;
  private final Header header;

  DescriptorPassing(Descriptor socket) {
    this.socket = socket;
    this.header = Header.in(Arena.ofAuto());
  }

  /** A message header with one vector and a buffer for descriptors, not yet filled. */
  private record Header(MemorySegment message, MemorySegment iov, MemorySegment control) {

    static Header in(Arena arena) {
      var header =
          new Header(
              arena.allocate(MESSAGE_BYTES, ALIGNMENT),
              arena.allocate(IOV_BYTES, ALIGNMENT),
              arena.allocate(CONTROL_BYTES, ALIGNMENT));
      header.message.set(ADDRESS, IOV_OFFSET, header.iov);
      header.message.set(JAVA_LONG, IOV_COUNT_OFFSET, 1);
      header.message.set(ADDRESS, CONTROL_OFFSET, header.control);
      return header;
    }

    void setData(MemorySegment data) {
      iov.set(ADDRESS, 0, data);
      iov.set(JAVA_LONG, IOV_LENGTH_OFFSET, data.byteSize());
    }

    /** Returns how much of the buffer they take; none for no descriptors. */
    long setDescriptors(List<Descriptor> descriptors) {
      if (descriptors.isEmpty()) {
        return 0;
      }
      long length = CONTROL_HEADER_BYTES + (long) descriptors.size() * Integer.BYTES;
      control.set(JAVA_LONG, 0, length);
      control.set(JAVA_INT, LEVEL_OFFSET, SOL_SOCKET);
      control.set(JAVA_INT, TYPE_OFFSET, SCM_RIGHTS);
      for (int i = 0; i < descriptors.size(); i++) {
        long at = CONTROL_HEADER_BYTES + (long) i * Integer.BYTES;
        control.set(JAVA_INT, at, descriptors.get(i).number());
      }
      return aligned(length);
    }
  }

  /**
   * Sends descriptors without waiting, each with one zero byte of its own.
   *
   * @param socket number of a connected stream socket, which stays open meanwhile
   * @param descriptors those to send, from {@code first} on; they stay the caller's
   * @return how many went out, from the first on; 0 if there is no room now
   * @throws XenException with {@code SYSTEM} or {@code NO_SPACE} if the system refuses
   */
  public static int send(int socket, List<Descriptor> descriptors, int first) {
    int count = Math.min(descriptors.size() - first, MAX_DESCRIPTORS);
    try (Arena arena = Arena.ofConfined()) {
      List<Descriptor> sent = descriptors.subList(first, first + count);
      return send(socket, arena.allocate(count), sent) ? count : 0;
    }
  }

  /**
   * Sends bytes with descriptors without waiting, all or nothing.
   *
   * @param socket number of a connected stream socket, which stays open meanwhile
   * @param data native memory, at least one byte and at most a page, which goes in one piece
   * @param descriptors at most 253; they stay the caller's
   * @return false if there is no room now
   * @throws XenException with {@code SYSTEM} or {@code NO_SPACE} if the system refuses
   */
  static boolean send(int socket, MemorySegment data, List<Descriptor> descriptors) {
    MemorySegment callState = Native.callState();
    try (Arena arena = Arena.ofConfined()) {
      Header header = Header.in(arena);
      header.setData(data);
      long length = header.setDescriptors(descriptors);
      header.message.set(JAVA_LONG, CONTROL_LENGTH_OFFSET, length);
      int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
      long sent = (long) SENDMSG.invokeExact(callState, socket, header.message, flags);
      if (sent == data.byteSize()) {
        return true;
      }
      if (sent >= 0) {
        // The descriptors went with the first byte; a peer would wait for the others for ever.
        throw new XenException(Reason.SYSTEM, "sendmsg of descriptors stopped at byte " + sent);
      }
      return switch (Native.errno(callState)) {
        // Too many references: others of this user have not taken theirs yet.
        case Native.EAGAIN, Native.EINTR, Native.ETOOMANYREFS -> false;
        default -> throw Native.failure("sendmsg of descriptors", callState);
      };
    } catch (XenException e) {
      throw e;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }

  /**
   * Whether the other side has read everything that was sent to it.
   *
   * @param socket number of a connected stream socket, which stays open meanwhile
   */
  public static boolean allRead(int socket) {
    MemorySegment callState = Native.callState();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment unread = arena.allocate(JAVA_INT);
      if ((int) IOCTL.invokeExact(callState, socket, SIOCOUTQ, unread) < 0) {
        throw Native.failure("ioctl(SIOCOUTQ)", callState);
      }
      return unread.get(JAVA_INT, 0) == 0;
    } catch (XenException e) {
      throw e;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }

  private static long aligned(long length) {
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Does what {@link UnixStream#receive} promises; descriptors go to {@code descriptors}. */
  int receive(MemorySegment into, boolean blocking, Queue<Descriptor> descriptors) {
    header.setData(into);
    MemorySegment message = header.message;
    int flags = MSG_CMSG_CLOEXEC | (blocking ? 0 : MSG_DONTWAIT);
    MemorySegment callState = Native.callState();
    while (true) {
      message.set(JAVA_LONG, CONTROL_LENGTH_OFFSET, CONTROL_BYTES);
      message.set(JAVA_INT, FLAGS_OFFSET, 0);
      if (!socket.hold()) {
        return UnixStream.END;
      }
      long count;
      try {
        count = (long) RECVMSG.invokeExact(callState, socket.number(), message, flags);
      } catch (Throwable e) {
        throw Native.unexpected(e);
      } finally {
        socket.letGo();
      }
      if (count >= 0) {
        takeDescriptors(descriptors);
        return (int) count;
      }
      switch (Native.errno(callState)) {
        case Native.EINTR -> {}
        case Native.EAGAIN -> {
          return UnixStream.NOTHING;
        }
        default -> {
          // A reset, as when the other side died with bytes unread.
          return UnixStream.END;
        }
      }
    }
  }

  private void takeDescriptors(Queue<Descriptor> descriptors) {
    MemorySegment control = header.control;
    long controlBytes = header.message.get(JAVA_LONG, CONTROL_LENGTH_OFFSET);
    long offset = 0;
    while (offset + CONTROL_HEADER_BYTES <= controlBytes) {
      long length = control.get(JAVA_LONG, offset);
      if (length < CONTROL_HEADER_BYTES || length > controlBytes - offset) {
        break;
      }
      boolean rights =
          control.get(JAVA_INT, offset + LEVEL_OFFSET) == SOL_SOCKET
              && control.get(JAVA_INT, offset + TYPE_OFFSET) == SCM_RIGHTS;
      for (long at = CONTROL_HEADER_BYTES; rights && at + 4 <= length; at += Integer.BYTES) {
        descriptors.add(new Descriptor(control.get(JAVA_INT, offset + at)));
      }
      offset += aligned(length);
    }
    if ((header.message.get(JAVA_INT, FLAGS_OFFSET) & MSG_CTRUNC) != 0) {
      throw new XenException(
          Reason.NO_SPACE, "a descriptor was lost: this process may not open more of them");
    }
  }
}
