package io.myrixen.xen.devices;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.DeviceFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One port of this domain, in an open file of its own, so that a thread can sleep on it alone. Its
 * requests are structures of 32-bit numbers in the byte order of the machine:
 *
 * <pre>
 *   BIND_INTERDOMAIN  0 remote domid | 4 remote port     returns the local port
 *   BIND_UNBOUND_PORT 0 remote domid                     returns the local port
 *   UNBIND, NOTIFY    0 local port
 * </pre>
 *
 * <p>Reading gives the number of a port that was notified, which is then masked until that number
 * is written back.
 */
final class EvtchnDevice implements AutoCloseable {

  private static final int BIND_INTERDOMAIN = 0x00084501;
  private static final int BIND_UNBOUND_PORT = 0x00044502;
  private static final int UNBIND = 0x00044503;
  private static final int NOTIFY = 0x00044504;

  private static final int REMOTE_PORT_OFFSET = 4;

  private final DeviceFile device;
  private final int port;

  /** The port's number: the argument of requests, from any thread. */
  private final MemorySegment portArgument = Arena.ofAuto().allocate(JAVA_INT);

  /** Numbers read, and written back. */
  private final MemorySegment notified = Arena.ofAuto().allocate(JAVA_INT);

  private EvtchnDevice(DeviceFile device, int port) {
    this.device = device;
    this.port = port;
    portArgument.set(JAVA_INT, 0, port);
  }

  /**
   * Allocates a port for {@code remoteDomid}.
   *
   * @throws XenException with {@code NO_SPACE} if out of ports or descriptors
   */
  static EvtchnDevice allocate(int remoteDomid) {
    return bound(
        BIND_UNBOUND_PORT,
        remoteDomid,
        0,
        Reason.SYSTEM,
        "allocation of a port for domain " + remoteDomid);
  }

  /**
   * Binds to a port of {@code remoteDomid}.
   *
   * @throws XenException with {@code BAD_PORT} if it is none for this domain; {@code NO_SPACE} if
   *     out of ports or descriptors
   */
  static EvtchnDevice bind(int remoteDomid, int remotePort) {
    return bound(
        BIND_INTERDOMAIN,
        remoteDomid,
        remotePort,
        Reason.BAD_PORT,
        "binding to port %s of domain %d"
            .formatted(Integer.toUnsignedString(remotePort), remoteDomid));
  }

  private static EvtchnDevice bound(
      int request, int remoteDomid, int remotePort, Reason invalid, String what) {
    DeviceFile device = XenDevice.EVTCHN.open();
    int result;
    try (Arena arena = Arena.ofConfined()) {
      result = device.control(request, bindRequest(arena, remoteDomid, remotePort));
    }
    if (result < 0) {
      device.close();
      throw refusal(device, what, invalid, result);
    }
    return new EvtchnDevice(device, result);
  }

  static MemorySegment bindRequest(Arena arena, int remoteDomid, int remotePort) {
    MemorySegment request = arena.allocate(2 * Integer.BYTES, Integer.BYTES);
    request.set(JAVA_INT, 0, remoteDomid);
    request.set(JAVA_INT, REMOTE_PORT_OFFSET, remotePort);
    return request;
  }

  private static XenException refusal(DeviceFile device, String what, Reason invalid, int result) {
    return switch (-result) {
      case Errno.EINVAL, Errno.ESRCH -> device.failure(invalid, what, result);
      case Errno.ENOSPC ->
          new XenException(
              Reason.NO_SPACE,
              what + ": this domain has no port left: max_event_channels in its configuration");
      case Errno.ENOMEM -> device.failure(Reason.NO_SPACE, what, result);
      default -> device.failure(Reason.SYSTEM, what, result);
    };
  }

  int port() {
    return port;
  }

  /** Readable while a notification is pending. */
  Descriptor descriptor() {
    return device.descriptor();
  }

  /** Notifies the other end, if there is one. Any thread. */
  void raise() {
    int ignored = device.control(NOTIFY, portArgument); // Refused only once it is closed.
  }

  /** Takes what is pending, and lets the next notification come. One thread at a time. */
  boolean drain() {
    if (device.read(notified) != Integer.BYTES) {
      return false;
    }
    int ignored = device.write(notified);
    return true;
  }

  /** Gives the port back at once, although a thread may sleep on the file yet. Idempotent. */
  @Override
  public void close() {
    int ignored = device.control(UNBIND, portArgument); // Refused only once it is closed.
    device.close();
  }
}
