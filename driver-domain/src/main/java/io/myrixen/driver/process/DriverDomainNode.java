package io.myrixen.driver.process;

import io.myrixen.xen.StoreView;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceNodes;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The store's node by which tools find the driver domain. */
public final class DriverDomainNode {

  private static final String PATH = "/tool/myrixen/driver-domain";

  private DriverDomainNode() {}

  /**
   * Enters {@code domid} as the driver domain.
   *
   * @throws XenException with {@code BAD_REQUEST} if there is one that lives
   */
  public static void claim(XenStore store, int domid) {
    Integer other =
        store.<@Nullable Integer>transact(view -> {
          Integer living = find(view);
          if (living == null) {
            view.write(PATH, Integer.toString(domid));
          }
          return living;
        });
    if (other != null) {
      throw new XenException(
          Reason.BAD_REQUEST, "there is a driver domain already: domain " + other);
    }
  }

  /** Removes the entry if it is {@code domid}'s. */
  public static void release(XenStore store, int domid) {
    store.<Boolean>transact(view -> {
      if (Integer.toString(domid).equals(view.find(PATH))) {
        view.remove(PATH);
      }
      return true;
    });
  }

  /** Returns the domid of the driver domain, or null if none lives. */
  public static @Nullable Integer find(StoreView view) {
    String value = view.find(PATH);
    if (value == null || !value.matches("[0-9]{1,5}")) {
      return null;
    }
    int domid = Integer.parseInt(value);
    // A driver domain that was killed leaves its entry; its directory went with it.
    return view.find(DeviceNodes.domain(domid)) == null ? null : domid;
  }

  /**
   * Returns the domid of the driver domain.
   *
   * @throws XenException with {@code NO_DOMAIN} if none lives, saying how to start one
   */
  public static int require(StoreView view, Path runDirectory) {
    Integer domid = find(view);
    if (domid == null) {
      throw new XenException(
          Reason.NO_DOMAIN,
          "no driver domain in %s; start one with: myrixen driver-domain --run-dir %s"
              .formatted(runDirectory, runDirectory));
    }
    return domid;
  }
}
