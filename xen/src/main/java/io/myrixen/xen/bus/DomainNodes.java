package io.myrixen.xen.bus;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.StorePermission.Access;
import io.myrixen.xen.StoreView;
import io.myrixen.xen.XenStore;
import java.util.List;

/**
 * The nodes that every domain begins with in the store, laid out as libxl does: what the toolstack
 * tells a domain is the toolstack's, a few directories are free for the domain's own use. Needs
 * domain 0's connection.
 */
public final class DomainNodes {

  private static final int DOM0 = 0;

  /** Directories that the domain owns. */
  private static final List<String> FREE_FOR_USE =
      List.of("data", "drivers", "feature", "attr", "error");

  private DomainNodes() {}

  /** Makes the nodes of {@code domid}, which the store knows already, in one transaction. */
  public static void create(XenStore toolstack, int domid, String name) {
    String root = DeviceNodes.domain(domid);
    var told = List.of(entry(DOM0, Access.NONE), entry(domid, Access.READ));
    var owned = List.of(entry(domid, Access.NONE));
    toolstack.transact(view -> {
      view.mkdir(root);
      view.setPermissions(root, told);
      view.write(root + "/name", name);
      view.write(root + "/domid", Integer.toString(domid));
      view.mkdir(root + "/device");
      for (String directory : FREE_FOR_USE) {
        view.mkdir(root + "/" + directory);
        view.setPermissions(root + "/" + directory, owned);
      }
      return root;
    });
  }

  /** Removes the nodes of {@code domid} with all below them. Does nothing if they are gone. */
  public static void remove(StoreView toolstack, int domid) {
    Nodes.remove(toolstack, DeviceNodes.domain(domid));
  }

  private static StorePermission entry(int domid, Access access) {
    return new StorePermission(domid, access);
  }
}
