package io.myrixen.xen.bus;

import io.myrixen.xen.StoreView;
import io.myrixen.xen.XenStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One end of a device, seen from that end: its own nodes, which it may write, and the other end's,
 * which it may read. Holds no connection; as thread-safe as the view it is called with.
 */
public final class DeviceEnd {

  private static final String STATE = "/state";
  private static final String ONLINE = "online";

  private final String path;
  private final String peerPath;
  private final @Nullable String removableParent;

  private DeviceEnd(String path, String peerPath, @Nullable String removableParent) {
    this.path = path;
    this.peerPath = peerPath;
    this.removableParent = removableParent;
  }

  /** Returns the end of the domain that uses {@code device}. */
  public static DeviceEnd frontend(DeviceNodes device) {
    return new DeviceEnd(device.frontend(), device.backend(), null);
  }

  /** Returns the end of the domain that serves {@code device}. */
  public static DeviceEnd backend(DeviceNodes device) {
    return new DeviceEnd(device.backend(), device.frontend(), device.backendsOfFrontend());
  }

  /** This end's directory. */
  public String path() {
    return path;
  }

  /** The other end's {@code state} node: to be watched. */
  public String peerStatePath() {
    return peerPath + STATE;
  }

  /** This end's state as the store has it. */
  public XenbusState state(StoreView view) {
    return XenbusState.read(view, path + STATE);
  }

  /** The other end's state as the store has it. */
  public XenbusState peerState(StoreView view) {
    return XenbusState.read(view, peerStatePath());
  }

  /** Whether the toolstack wants the device to stay. A backend's key. */
  public boolean online(StoreView view) {
    return "1".equals(find(view, ONLINE));
  }

  /** Returns one of this end's keys, or null if it is not there. */
  public @Nullable String find(StoreView view, String key) {
    return Nodes.find(view, path + "/" + key);
  }

  /**
   * Returns one of the other end's keys, or null if it is not there. Judge it: the other end wrote
   * it.
   */
  public @Nullable String findPeer(StoreView view, String key) {
    return Nodes.find(view, peerPath + "/" + key);
  }

  /**
   * Writes this end's state, if it differs.
   *
   * @return false if the device was removed meanwhile: it is never brought back
   */
  public boolean writeState(XenStore store, XenbusState state) {
    return publish(store, Map.of(), state);
  }

  /**
   * Writes keys of this end and then its state, in one transaction.
   *
   * @return false if the device was removed meanwhile, and nothing was written
   */
  public boolean publish(XenStore store, Map<String, String> keys, XenbusState state) {
    return store.<Boolean>transact(view -> {
      XenbusState now = state(view);
      if (now == XenbusState.UNKNOWN) {
        return false;
      }
      keys.forEach((key, value) -> view.write(path + "/" + key, value));
      if (now != state) {
        view.write(path + STATE, state.text());
      }
      return true;
    });
  }

  /** Removes this end's nodes, and a backend's directory for a frontend without any device left. */
  public void remove(XenStore store) {
    store.<Boolean>transact(view -> {
      Nodes.remove(view, path);
      if (removableParent != null && Nodes.list(view, removableParent).isEmpty()) {
        Nodes.remove(view, removableParent);
      }
      return true;
    });
  }
}
