package io.myrixen.xen.store;

import io.myrixen.xen.StorePermission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change to tell watches of, with what decides who may hear of it.
 *
 * @param exact only watches on {@code path} itself hear of it: it vanished below a removed root
 * @param permissions of the node; the last ones if it is gone
 * @param before its permissions before a change of them
 * @param parent of a removed node's parent; null to look at the parent that is there
 */
record Change(
    String path,
    boolean exact,
    List<StorePermission> permissions,
    @Nullable List<StorePermission> before,
    @Nullable List<StorePermission> parent) {

  static Change written(String path, Node node) {
    return new Change(path, false, node.permissions(), null, null);
  }

  static Change removed(String path, boolean exact, Node node, Node parent) {
    return new Change(path, exact, node.permissions(), null, parent.permissions());
  }

  static Change permitted(String path, Node node, List<StorePermission> before) {
    return new Change(path, false, node.permissions(), before, null);
  }
}
