package io.myrixen.xen.bus;

import static io.myrixen.xen.bus.DeviceNodes.BACKEND_ID;
import static io.myrixen.xen.bus.DeviceNodes.TYPE;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.StorePermission.Access;
import io.myrixen.xen.StoreView;
import io.myrixen.xen.XenStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The toolstack's work on the devices in the store. The domains at both ends have their {@link
 * DomainNodes} already. Needs domain 0's connection, and is confined to that one's thread. Each
 * method is one transaction.
 *
 * <p>The toolstack's own record of a device, {@code /libxl/F/device/mx/I}, holds what it was made
 * with, so that it outlives either end.
 */
public final class DeviceTree {

  private static final String RECORDS = "/libxl";
  private static final String RECORDED_FRONTEND_KEYS = "/keys/frontend";
  private static final String RECORDED_BACKEND_KEYS = "/keys/backend";

  private final XenStore store;

  /** Works on {@code store}, which belongs to the caller. */
  public DeviceTree(XenStore store) {
    this.store = store;
  }

  /**
   * Removes what is left of a domain that ended: its directory, and the records of its devices.
   * Backends elsewhere see their frontends vanish, and remove their own nodes.
   */
  public void removeDomain(int domid) {
    store.<Boolean>transact(view -> {
      DomainNodes.remove(view, domid);
      Nodes.remove(view, RECORDS + "/" + domid);
      return true;
    });
  }

  /**
   * Makes a device, both ends Initialising. What was there of that device is removed.
   *
   * @param frontendKeys more keys for the frontend's directory, for both ends to read
   * @param backendKeys more keys for the backend's directory, for both ends to read
   */
  public void create(
      DeviceNodes device, Map<String, String> frontendKeys, Map<String, String> backendKeys) {
    store.<Boolean>transact(view -> {
      write(view, device, frontendKeys, backendKeys);
      return true;
    });
  }

  /**
   * Puts another driver domain behind a device, with the keys it was made with. The frontend finds
   * itself Initialising, with a backend of another domid.
   *
   * @return the device as it is now; null if there is no such device
   */
  public @Nullable DeviceNodes rebind(DeviceNodes device, int backendDomid) {
    return store.transact(view -> {
      String record = record(device);
      if (Nodes.find(view, record + "/" + BACKEND_ID) == null) {
        return null;
      }
      DeviceNodes next = device.servedBy(backendDomid);
      Map<String, String> frontendKeys = keys(view, record + RECORDED_FRONTEND_KEYS);
      Map<String, String> backendKeys = keys(view, record + RECORDED_BACKEND_KEYS);
      write(view, next, frontendKeys, backendKeys);
      return next;
    });
  }

  /**
   * Asks both ends to part with a device: hot unplug. Once the backend's state reads Closed or
   * Unknown the caller calls {@link #remove}; or earlier, by force.
   *
   * @return false if there is no backend to ask
   */
  public boolean requestUnplug(DeviceNodes device) {
    return store.<Boolean>transact(view -> {
      String backend = device.backend();
      XenbusState state = XenbusState.read(view, backend + "/state");
      if (state == XenbusState.UNKNOWN) {
        return false;
      }
      view.write(backend + "/online", "0");
      if (state != XenbusState.CLOSED) {
        view.write(backend + "/state", XenbusState.CLOSING.text());
      }
      return true;
    });
  }

  /** Removes a device's nodes and record, whatever its ends do. Both see the other one vanish. */
  public void remove(DeviceNodes device) {
    store.<Boolean>transact(view -> {
      removeNodes(view, device);
      return true;
    });
  }

  /** Returns every device there is. */
  public List<DeviceNodes> devices() {
    List<DeviceNodes> devices = new ArrayList<>();
    for (String frontend : Nodes.list(store, RECORDS)) {
      int domid = Nodes.number(frontend);
      if (domid >= 0) {
        devices.addAll(devicesOf(domid));
      }
    }
    return devices;
  }

  /** Returns every device that {@code frontendDomid} uses. */
  public List<DeviceNodes> devicesOf(int frontendDomid) {
    List<DeviceNodes> devices = new ArrayList<>();
    String records = records(frontendDomid);
    for (String name : Nodes.list(store, records)) {
      int deviceId = Nodes.number(name);
      int backendDomid = Nodes.number(Nodes.find(store, records + "/" + name + "/" + BACKEND_ID));
      if (deviceId >= 0 && backendDomid >= 0) {
        devices.add(new DeviceNodes(frontendDomid, backendDomid, deviceId));
      }
    }
    return devices;
  }

  private static void write(
      StoreView view,
      DeviceNodes device,
      Map<String, String> frontendKeys,
      Map<String, String> backendKeys) {
    int oldBackend = Nodes.number(Nodes.find(view, record(device) + "/" + BACKEND_ID));
    removeNodes(view, oldBackend < 0 ? device : device.servedBy(oldBackend));
    int frontend = device.frontendDomid();
    int backend = device.backendDomid();
    // The backend's own, and so, inherited, is all below: when a frontend dies quietly nobody but
    // the backend is there to remove its side. What is above may be the toolstack's, as with xl.
    make(view, DeviceNodes.backendRoot(backend), owned(backend));
    make(view, device.frontend(), shared(frontend, backend));
    make(view, device.backend(), shared(backend, frontend));

    Map<String, String> frontendNodes = new LinkedHashMap<>(frontendKeys);
    frontendNodes.put("backend", device.backend());
    frontendNodes.put(BACKEND_ID, Integer.toString(backend));
    frontendNodes.put("state", XenbusState.INITIALISING.text());
    Map<String, String> backendNodes = new LinkedHashMap<>(backendKeys);
    backendNodes.put("frontend", device.frontend());
    backendNodes.put("frontend-id", Integer.toString(frontend));
    backendNodes.put("online", "1");
    backendNodes.put("state", XenbusState.INITIALISING.text());
    writeAll(view, device.frontend(), frontendNodes);
    writeAll(view, device.backend(), backendNodes);

    String record = record(device);
    view.write(record + "/frontend", device.frontend());
    view.write(record + "/backend", device.backend());
    view.write(record + "/" + BACKEND_ID, Integer.toString(backend));
    writeAll(view, record + RECORDED_FRONTEND_KEYS, frontendKeys);
    writeAll(view, record + RECORDED_BACKEND_KEYS, backendKeys);
  }

  private static void removeNodes(StoreView view, DeviceNodes device) {
    Nodes.remove(view, device.frontend());
    Nodes.remove(view, device.backend());
    removeIfEmpty(view, device.backendsOfFrontend());
    Nodes.remove(view, record(device));
    removeIfEmpty(view, records(device.frontendDomid()));
    removeIfEmpty(view, RECORDS + "/" + device.frontendDomid() + "/device");
    removeIfEmpty(view, RECORDS + "/" + device.frontendDomid());
  }

  private static void removeIfEmpty(StoreView view, String path) {
    if (Nodes.list(view, path).isEmpty()) {
      Nodes.remove(view, path);
    }
  }

  private static void make(StoreView view, String path, List<StorePermission> permissions) {
    view.mkdir(path);
    view.setPermissions(path, permissions);
  }

  private static List<StorePermission> owned(int domid) {
    return List.of(new StorePermission(domid, Access.NONE));
  }

  private static List<StorePermission> shared(int owner, int reader) {
    return List.of(
        new StorePermission(owner, Access.NONE), new StorePermission(reader, Access.READ));
  }

  private static Map<String, String> keys(StoreView view, String path) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String name : Nodes.list(view, path)) {
      keys.put(name, view.read(path + "/" + name));
    }
    return keys;
  }

  private static void writeAll(StoreView view, String path, Map<String, String> nodes) {
    nodes.forEach((name, value) -> view.write(path + "/" + name, value));
  }

  private static String records(int frontendDomid) {
    return RECORDS + "/" + frontendDomid + "/device/" + TYPE;
  }

  private static String record(DeviceNodes device) {
    return records(device.frontendDomid()) + "/" + device.deviceId();
  }
}
