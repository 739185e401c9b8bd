package io.myrixen.driver.toolstack;

import io.myrixen.netback.MxDevices;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.bus.XenbusState;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Devices of domains that live. Needs domain 0's connection, and is confined to that one's thread.
 * Throws {@link io.myrixen.xen.XenStoreException} where the store refuses.
 */
public final class Attachments {

  /**
   * How often a backend that closes is looked at, in milliseconds: nobody waits on this for long.
   */
  private static final long LOOK_EVERY_MS = 20;

  private final XenStore store;
  private final DeviceTree tree;

  /** Works on {@code store}, which belongs to the caller. */
  public Attachments(XenStore store) {
    this.store = store;
    this.tree = new DeviceTree(store);
  }

  /**
   * Gives domain {@code frontend} a device that {@code backend} serves. A device that is there, and
   * served by another domain, is moved: its board keeps its id, name and weight.
   *
   * @param frontend name or domid of the domain that uses the device
   * @param backend name or domid of the driver domain
   * @param deviceId the device's number; by default the first that is free
   * @param weight the VM's share of the NIC, 1 to 64
   * @return what was done
   * @throws XenException with {@code NO_DOMAIN} if there is no such domain, {@code BAD_REQUEST} if
   *     the device is attached to that driver domain already
   */
  public Attached attach(String frontend, String backend, OptionalInt deviceId, int weight) {
    NamedDomain front = NamedDomain.find(store, frontend);
    NamedDomain back = NamedDomain.find(store, backend);
    List<DeviceNodes> devices = tree.devicesOf(front.domid());
    var device =
        new DeviceNodes(front.domid(), back.domid(), deviceId.orElseGet(() -> firstFree(devices)));
    for (DeviceNodes old : devices) {
      if (old.equals(device)) {
        throw new XenException(
            Reason.BAD_REQUEST,
            "device %d of %s is attached to %s already".formatted(device.deviceId(), front, back));
      }
      if (old.deviceId() == device.deviceId() && tree.rebind(old, back.domid()) != null) {
        return new Attached(front, back, device.deviceId(), true);
      }
    }
    MxDevices.create(tree, device, front.name() + ":" + device.deviceId(), weight);
    return new Attached(front, back, device.deviceId(), false);
  }

  private static int firstFree(List<DeviceNodes> devices) {
    int id = 0;
    while (contains(devices, id)) {
      id++;
    }
    return id;
  }

  private static boolean contains(List<DeviceNodes> devices, int deviceId) {
    return devices.stream().anyMatch(device -> device.deviceId() == deviceId);
  }

  /**
   * Finds a device of domain {@code frontend}.
   *
   * @param frontend name or domid of the domain that uses the device
   * @param deviceId the device's number; by default the only one that it has
   * @throws XenException with {@code NO_DOMAIN} if there is no such domain or device, {@code
   *     BAD_REQUEST} if it has several and none is named
   */
  public Attached find(String frontend, OptionalInt deviceId) {
    NamedDomain front = NamedDomain.find(store, frontend);
    DeviceNodes device = device(front, deviceId);
    NamedDomain back = NamedDomain.of(store, device.backendDomid());
    return new Attached(front, back, device.deviceId(), false);
  }

  /**
   * Takes a device away: asks its driver domain to close it, waits until it has, and removes the
   * nodes of both ends. One whose driver domain is gone is removed at once.
   *
   * @param limit how long the driver domain may take; with zero nobody waits for it
   * @return false if it did not close the device in time, which is there still
   */
  public boolean detach(Attached attached, Duration limit) throws InterruptedException {
    DeviceNodes device = attached.nodes();
    if (tree.requestUnplug(device) && !limit.isZero() && !closed(device, limit)) {
      return false;
    }
    tree.remove(device);
    return true;
  }

  private DeviceNodes device(NamedDomain front, OptionalInt deviceId) {
    List<DeviceNodes> devices =
        tree.devicesOf(front.domid()).stream()
            .filter(each -> deviceId.isEmpty() || each.deviceId() == deviceId.getAsInt())
            .toList();
    if (devices.isEmpty()) {
      String which = deviceId.isEmpty() ? "" : " " + deviceId.getAsInt();
      throw new XenException(Reason.NO_DOMAIN, front + " has no device" + which);
    }
    if (devices.size() > 1) {
      throw new XenException(
          Reason.BAD_REQUEST, "%s has %d devices: say which".formatted(front, devices.size()));
    }
    return devices.getFirst();
  }

  private boolean closed(DeviceNodes device, Duration limit) throws InterruptedException {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    while (true) {
      XenbusState state = XenbusState.read(store, device.backend() + "/state");
      if (state == XenbusState.CLOSED || state == XenbusState.UNKNOWN) {
        return true;
      }
      if (System.nanoTime() - deadlineNs >= 0) {
        return false;
      }
      Thread.sleep(LOOK_EVERY_MS);
    }
  }

  /**
   * A device, and whose it is.
   *
   * @param frontend the domain that uses it
   * @param backend the driver domain that serves it
   * @param deviceId its number in its frontend's domain
   * @param moved whether it was another driver domain's before
   */
  public record Attached(NamedDomain frontend, NamedDomain backend, int deviceId, boolean moved) {

    DeviceNodes nodes() {
      return new DeviceNodes(frontend.domid(), backend.domid(), deviceId);
    }
  }
}
