package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.xen.XenException;
import io.myrixen.xen.linux.PollWaiter;
import io.myrixen.xen.linux.UnixStream;
import java.nio.file.Path;

/**
 * The board of a native process: one that is no VM, and gets its windows straight from the driver
 * domain, without XenBus, grants or hypervisor. The measure of what a VM's board costs more.
 */
public final class NativeBoards extends ThreadedBoards {

  /** Name of the socket in a driver domain's run directory. */
  public static final String SOCKET = "native";

  private NativeBoards(UnixStream stream, String hostname, NetfrontContext context) {
    super(
        "native-" + hostname,
        PollWaiter::new,
        () -> false,
        (clock, waiter, sleeps) ->
            new NativeFront(stream, hostname, context, clock, waiter, sleeps),
        stream::close);
  }

  /**
   * Gets a board from the driver domain that listens at {@code socket}.
   *
   * @param hostname name that the board is to be found by, such as {@code bench:0}; 1 to 79 bytes
   *     of printable ASCII without spaces
   * @throws MxException with {@code NO_DRIVER} if there is no driver domain, or it refuses; the
   *     message says why
   */
  public static NativeBoards attach(Path socket, String hostname, NetfrontContext context) {
    NativeBoards boards;
    UnixStream stream;
    try {
      stream = UnixStream.connect(socket);
    } catch (XenException e) {
      throw new MxException(
          ReturnCode.NO_DRIVER,
          "no driver domain at %s; start one with: myrixen driver-domain --run-dir %s (%s)"
              .formatted(socket, socket.toAbsolutePath().getParent(), e.getMessage()),
          e);
    }
    try {
      boards = new NativeBoards(stream, hostname, context);
    } catch (XenException | IllegalArgumentException e) {
      stream.close();
      throw new MxException(ReturnCode.NO_DRIVER, String.valueOf(e.getMessage()), e);
    }
    boards.start(context.attachTimeoutNs());
    return boards;
  }
}
