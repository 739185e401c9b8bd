package io.myrixen.xen.bus;

import io.myrixen.xen.StoreView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code mx} device, and where its nodes lie in the store.
 *
 * @param frontendDomid the domain that uses the device
 * @param backendDomid the driver domain that serves it
 * @param deviceId the device's number within its frontend's domain, from 0
 */
public record DeviceNodes(int frontendDomid, int backendDomid, int deviceId) {

  /** The type of our devices, which is also the name of their directories. */
  public static final String TYPE = "mx";

  static final String BACKEND_ID = "backend-id";

  /** Checks that nothing is negative. */
  public DeviceNodes {
    if (frontendDomid < 0 || backendDomid < 0 || deviceId < 0) {
      throw new IllegalArgumentException(
          "domids and device id must not be negative: %d %d %d"
              .formatted(frontendDomid, backendDomid, deviceId));
    }
  }

  /** The directory of domain {@code domid}. */
  public static String domain(int domid) {
    return "/local/domain/" + domid;
  }

  /**
   * Holds the directories of all devices that {@code domid} uses: to be watched by its netfront.
   */
  public static String frontendRoot(int domid) {
    return domain(domid) + "/device/" + TYPE;
  }

  /** Holds, by frontend domid, all devices that {@code domid} serves: to be watched by netback. */
  public static String backendRoot(int domid) {
    return domain(domid) + "/backend/" + TYPE;
  }

  /** The frontend's directory. */
  public String frontend() {
    return frontendRoot(frontendDomid) + "/" + deviceId;
  }

  /** The backend's directory. */
  public String backend() {
    return backendsOfFrontend() + "/" + deviceId;
  }

  String backendsOfFrontend() {
    return backendRoot(backendDomid) + "/" + frontendDomid;
  }

  /** The same device, served by another domain. */
  public DeviceNodes servedBy(int domid) {
    return new DeviceNodes(frontendDomid, domid, deviceId);
  }

  /** Returns device {@code deviceId} of domain {@code domid} as its nodes say now, or null. */
  public static @Nullable DeviceNodes findFrontend(StoreView view, int domid, int deviceId) {
    String path = frontendRoot(domid) + "/" + deviceId + "/" + BACKEND_ID;
    int backendDomid = Nodes.number(Nodes.find(view, path));
    return backendDomid < 0 ? null : new DeviceNodes(domid, backendDomid, deviceId);
  }

  /** Returns every device that {@code domid} uses. */
  public static List<DeviceNodes> frontendsOf(StoreView view, int domid) {
    List<DeviceNodes> devices = new ArrayList<>();
    for (String name : Nodes.list(view, frontendRoot(domid))) {
      int deviceId = Nodes.number(name);
      DeviceNodes device = deviceId < 0 ? null : findFrontend(view, domid, deviceId);
      if (device != null) {
        devices.add(device);
      }
    }
    return devices;
  }

  /** Returns every device that {@code domid} serves. */
  public static List<DeviceNodes> backendsOf(StoreView view, int domid) {
    List<DeviceNodes> devices = new ArrayList<>();
    for (String frontend : Nodes.list(view, backendRoot(domid))) {
      int frontendDomid = Nodes.number(frontend);
      for (String name : Nodes.list(view, backendRoot(domid) + "/" + frontend)) {
        int deviceId = Nodes.number(name);
        if (frontendDomid >= 0 && deviceId >= 0) {
          devices.add(new DeviceNodes(frontendDomid, domid, deviceId));
        }
      }
    }
    return devices;
  }
}
