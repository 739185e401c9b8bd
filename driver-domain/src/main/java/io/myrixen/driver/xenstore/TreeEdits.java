package io.myrixen.driver.xenstore;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.StoreView;
import java.util.List;

/** Changes to more than one node, as Xen's tools make them. To be called in a transaction. */
public final class TreeEdits {

  private TreeEdits() {}

  /** Removes {@code path}, and each ancestor that has no value and no children then. */
  public static void removeAndTidy(StoreView store, String path) {
    store.remove(path);
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      String parent = path.substring(0, slash);
      if (!store.read(parent).isEmpty() || !store.list(parent).isEmpty()) {
        return;
      }
      store.remove(parent);
    }
  }

  /** Sets the permissions of {@code path} and of all nodes below it. */
  public static void setPermissionsBelow(
      StoreView store, String path, List<StorePermission> permissions) {
    store.setPermissions(path, permissions);
    for (String name : store.list(path)) {
      setPermissionsBelow(store, NodeListing.child(path, name), permissions);
    }
  }

  /** Sets the permissions of every ancestor of {@code path} but the root. */
  public static void setPermissionsAbove(
      StoreView store, String path, List<StorePermission> permissions) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      store.setPermissions(path.substring(0, slash), permissions);
    }
  }
}
