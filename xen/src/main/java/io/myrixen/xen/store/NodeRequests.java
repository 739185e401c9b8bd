package io.myrixen.xen.store;

import io.myrixen.xen.StorePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests on nodes, in the live tree or in a transaction. Each judges everything first and changes
 * something only then. Errors of those who may not look are EACCES, so that they learn nothing.
 */
final class NodeRequests {

  private NodeRequests() {}

  static Node read(Session session, NodeSpace space, String path) {
    return require(session, space, path, Permissions.READ);
  }

  static void write(Session session, NodeSpace space, String path, byte[] value) {
    Node node = find(session, space, path, Permissions.WRITE);
    if (node == null) {
      create(session, space, path, value);
      return;
    }
    Node next = node.withValue(value);
    checkSize(session, next);
    space.put(path, next);
    space.changed(Change.written(path, next));
  }

  static void makeDirectory(Session session, NodeSpace space, String path) {
    if (find(session, space, path, Permissions.WRITE) == null) {
      create(session, space, path, Node.EMPTY);
    }
  }

  static void remove(Session session, NodeSpace space, String path) {
    Node node = find(session, space, path, Permissions.WRITE);
    if (path.equals(Paths.ROOT)) {
      throw XsError.EINVAL.refusal();
    }
    if (node != null) {
      removeSubtree(space, path, node);
    } else if (space.node(Paths.parent(path)) == null) {
      throw XsError.ENOENT.refusal();
    }
  }

  /** Removes {@code path}, which is {@code node}, and all below it, for whoever may do that. */
  static void removeSubtree(NodeSpace space, String path, Node node) {
    String parentPath = Paths.parent(path);
    Node parent = space.node(parentPath);
    if (parent == null) {
      throw new IllegalStateException("a node without a parent: " + path);
    }
    space.put(parentPath, parent.withoutChild(Paths.name(path)));
    removeNodes(space, path, node, parent, false);
  }

  static void permissions(
      Session session,
      NodeSpace space,
      String path,
      List<StorePermission> permissions,
      Consumer<List<StorePermission>> ownerCheck) {
    Node node = require(session, space, path, Permissions.WRITE | Permissions.OWNER);
    if (!session.privileged() && Permissions.owner(permissions) != node.owner()) {
      throw XsError.EPERM.refusal();
    }
    Quota.PERMISSIONS.require(session, permissions.size());
    ownerCheck.accept(permissions);
    Node next = node.withPermissions(permissions);
    checkSize(session, next);
    space.put(path, next);
    space.changed(Change.permitted(path, next, node.permissions()));
  }

  /** Deepest first. The length of a path bounds how deep this goes: 1,024 below one another. */
  private static void removeNodes(
      NodeSpace space, String path, Node node, Node parent, boolean exact) {
    for (String name : node.children()) {
      String childPath = Paths.child(path, name);
      Node child = space.node(childPath);
      if (child != null) {
        removeNodes(space, childPath, child, node, true);
      }
    }
    space.delete(path);
    space.changed(Change.removed(path, exact, node, parent));
  }

  private static void create(Session session, NodeSpace space, String path, byte[] value) {
    Deque<String> missing = new ArrayDeque<>();
    String nearest = path;
    Node parent = space.node(nearest);
    while (parent == null) {
      missing.push(nearest);
      nearest = Paths.parent(nearest);
      parent = space.node(nearest);
    }
    Quota.NODES.require(session, (long) space.ownedNodes(session.domid()) + missing.size());
    List<StorePermission> permissions =
        session.privileged()
            ? parent.permissions()
            : Permissions.ownedBy(session.domid(), parent.permissions());

    List<Node> made = new ArrayList<>(missing.size() + 1);
    Node above = parent;
    for (String each : missing) {
      made.add(checkSize(session, above.withChild(Paths.name(each))));
      above = Node.fresh(each.equals(path) ? value : Node.EMPTY, permissions);
    }
    checkSize(session, above);

    String at = nearest;
    int index = 0;
    for (String each : missing) {
      space.put(at, made.get(index++));
      at = each;
    }
    space.put(path, above);
    space.changed(Change.written(path, above));
  }

  private static Node checkSize(Session session, Node node) {
    Quota.NODE_BYTES.require(session, node.recordBytes() + 1L);
    return node;
  }

  private static Node require(Session session, NodeSpace space, String path, int wanted) {
    Node node = find(session, space, path, wanted);
    if (node == null) {
      throw XsError.ENOENT.refusal();
    }
    return node;
  }

  /**
   * Returns the node, or null if it is missing and the caller may know that: it has the wanted
   * right on the nearest ancestor there is.
   */
  private static @Nullable Node find(Session session, NodeSpace space, String path, int wanted) {
    Node node = space.node(path);
    if (node != null) {
      if (!session.may(node.permissions(), wanted)) {
        throw XsError.EACCES.refusal();
      }
      return node;
    }
    Node ancestor = null;
    for (String at = path; ancestor == null; ) {
      at = Paths.parent(at);
      ancestor = space.node(at);
    }
    if ((session.rights(ancestor.permissions()) & wanted) == 0) {
      throw XsError.EACCES.refusal();
    }
    return null;
  }
}
