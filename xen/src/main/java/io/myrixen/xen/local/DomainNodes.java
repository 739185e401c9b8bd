package io.myrixen.xen.local;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.StorePermission.Access;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import java.util.List;

/**
 * The nodes that every domain has in the store, laid out as libxl does: what the toolstack tells a
 * domain is the toolstack's, a few directories are free for the domain's own use.
 */
final class DomainNodes {

  /** Directories that the domain owns. */
  private static final List<String> FREE_FOR_USE =
      List.of("data", "drivers", "feature", "attr", "error");

  private DomainNodes() {}

  static void create(XenStore toolstack, int domid, String name) {
    String root = root(domid);
    var told = List.of(entry(Hypervisor.TOOLSTACK_DOMID, Access.NONE), entry(domid, Access.READ));
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

  static void remove(XenStore toolstack, int domid) {
    try {
      toolstack.remove(root(domid));
    } catch (XenStoreException e) {
      if (!e.error().equals("ENOENT")) {
        throw e;
      }
    }
  }

  private static String root(int domid) {
    return "/local/domain/" + domid;
  }

  private static StorePermission entry(int domid, Access access) {
    return new StorePermission(domid, access);
  }
}
