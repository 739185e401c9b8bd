package io.myrixen.xen.host;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.linux.UnixStream;
import java.nio.file.Path;

/** Where a hypervisor service listens, and what is said if none does. */
public final class Hypervisors {

  /** Name of the toolstack's socket in a run directory. */
  public static final String TOOLSTACK_SOCKET = "toolstack";

  /** Name of the domains' socket in a run directory. */
  public static final String DOMAIN_SOCKET = "domain";

  /** Name of the directory of token files in a run directory. */
  public static final String TOKENS_DIRECTORY = "tokens";

  private Hypervisors() {}

  static UnixStream connect(Path socket) {
    try {
      return UnixStream.connect(socket);
    } catch (XenException e) {
      if (e.reason() != Reason.NO_HYPERVISOR) {
        throw e;
      }
      throw new XenException(
          Reason.NO_HYPERVISOR,
          "no hypervisor at %s; start one with: myrixen hypervisor --run-dir %s (%s)"
              .formatted(socket, socket.toAbsolutePath().getParent(), e.getMessage()),
          e);
    }
  }
}
