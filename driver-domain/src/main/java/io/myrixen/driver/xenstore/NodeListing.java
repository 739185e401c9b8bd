package io.myrixen.driver.xenstore;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.StoreView;
import io.myrixen.xen.XenStoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All nodes below a path, each before what is below it, as they were while they were read.
 *
 * @param nodes in the order of the store
 */
public record NodeListing(List<Entry> nodes) {

  /** Copies the nodes. */
  public NodeListing {
    nodes = List.copyOf(nodes);
  }

  /**
   * One node.
   *
   * @param depth 0 for a child of the path that was asked for
   * @param value one character for each byte
   */
  public record Entry(String path, int depth, String value, List<StorePermission> permissions) {

    /** Copies the permissions. */
    public Entry {
      permissions = List.copyOf(permissions);
    }

    private String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    private List<String> permissionTexts() {
      return permissions.stream().map(StorePermission::text).toList();
    }
  }

  /**
   * Reads what is below {@code path}. Nodes that vanish meanwhile are left out.
   *
   * @throws XenStoreException with {@code ENOENT} if {@code path} itself is not there
   */
  public static NodeListing read(StoreView store, String path) {
    var nodes = new ArrayList<Entry>();
    for (String name : store.list(path)) {
      readNode(store, child(path, name), 0, nodes);
    }
    return new NodeListing(nodes);
  }

  /** The length of a path bounds how deep this goes: 1,024 below one another. */
  private static void readNode(StoreView store, String path, int depth, List<Entry> into) {
    List<String> children;
    try {
      into.add(new Entry(path, depth, store.read(path), store.permissions(path)));
      children = store.list(path);
    } catch (XenStoreException e) {
      if (e.error().equals("ENOENT")) {
        return;
      }
      throw e;
    }
    for (String name : children) {
      readNode(store, child(path, name), depth + 1, into);
    }
  }

  /** Returns the path of the child {@code name} of {@code path}. */
  public static String child(String path, String name) {
    return path.endsWith("/") ? path + name : path + "/" + name;
  }

  /**
   * One line for each node, as xenstore-ls prints it.
   *
   * @param fullPaths whole paths instead of names indented by their depth
   * @param withPermissions the owner and default first
   */
  public String text(boolean fullPaths, boolean withPermissions) {
    var text = new StringBuilder();
    for (Entry node : nodes) {
      text.append(fullPaths ? node.path() : " ".repeat(node.depth()) + node.name());
      text.append(" = \"").append(ValueText.escape(node.value())).append('"');
      if (withPermissions) {
        text.append(node.permissionTexts().stream().collect(Collectors.joining(",", "   (", ")")));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** For machines. */
  public List<Map<String, Object>> json() {
    var objects = new ArrayList<Map<String, Object>>();
    for (Entry node : nodes) {
      var object = new LinkedHashMap<String, Object>();
      object.put("path", node.path());
      object.put("value", node.value());
      object.put("permissions", node.permissionTexts());
      objects.add(object);
    }
    return objects;
  }
}
