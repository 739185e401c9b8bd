package io.myrixen.xen.devices;

import io.myrixen.xen.XenException;
import io.myrixen.xen.linux.DeviceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The devices of Xen that Linux shows to programs. */
enum XenDevice {
  /** Requests to the store, and its watches. Part of every kernel that can run in a domain. */
  XENBUS("xenbus"),
  /** Pages of this domain, granted to others. */
  GNTALLOC("gntalloc"),
  /** Pages of other domains, mapped here. */
  GNTDEV("gntdev"),
  /** Event channels. */
  EVTCHN("evtchn");

  private final String device;

  XenDevice(String device) {
    this.device = device;
  }

  private String path() {
    return "/dev/xen/" + device;
  }

  /** Whether the kernel offers it. */
  boolean present() {
    return Files.exists(Path.of(path()));
  }

  /**
   * Opens it.
   *
   * @throws XenException with {@code NO_HYPERVISOR} if it is not there, naming the module that
   *     makes it; {@code NOT_PERMITTED} if this user may not open it
   */
  DeviceFile open() {
    try {
      return DeviceFile.open(path());
    } catch (XenException e) {
      throw new XenException(e.reason(), e.getMessage() + remedy(e.reason()), e);
    }
  }

  private String remedy(XenException.Reason reason) {
    return switch (reason) {
      case NO_HYPERVISOR ->
          this == XENBUS
              ? ": this kernel does not run in a domain of Xen"
              : ": root loads its module with modprobe xen-" + device;
      case NOT_PERMITTED -> ": this takes root, or a user whom root gave that device";
      default -> "";
    };
  }

  /** Where the parameter {@code limit} of its module can be read, and root can raise it. */
  String limitPath() {
    return "/sys/module/xen_%s/parameters/limit".formatted(device);
  }

  /** The parameter {@code limit} of its module as it is now, or words that nobody knows it. */
  String limitText() {
    try {
      return Files.readString(Path.of(limitPath())).strip();
    } catch (IOException _) {
      return "an unknown number";
    }
  }
}
