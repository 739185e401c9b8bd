package io.myrixen.xen.store;

import io.myrixen.xen.StorePermission;
import java.util.ArrayList;
import java.util.List;

/** A node as it is at one moment. Immutable: a change makes another one. */
final class Node {

  static final byte[] EMPTY = {};

  /** xenstored's record: a header, eight bytes a permission, the value, names each with a NUL. */
  private static final int RECORD_HEADER_BYTES = 20;

  private static final int RECORD_PERMISSION_BYTES = 8;

  private final byte[] value;
  private final List<String> children;
  private final List<StorePermission> permissions;
  private final long generation;

  Node(byte[] value, List<String> children, List<StorePermission> permissions, long generation) {
    this.value = value;
    this.children = children;
    this.permissions = permissions;
    this.generation = generation;
  }

  static Node fresh(byte[] value, List<StorePermission> permissions) {
    return new Node(value, List.of(), permissions, 0);
  }

  byte[] value() {
    return value;
  }

  /** Names in order of creation. */
  List<String> children() {
    return children;
  }

  List<StorePermission> permissions() {
    return permissions;
  }

  int owner() {
    return Permissions.owner(permissions);
  }

  /** Different for every change of any node, as long as the store lives. */
  long generation() {
    return generation;
  }

  Node withValue(byte[] next) {
    return new Node(next, children, permissions, generation);
  }

  Node withPermissions(List<StorePermission> next) {
    return new Node(value, children, next, generation);
  }

  Node withGeneration(long next) {
    return new Node(value, children, permissions, next);
  }

  Node withChild(String name) {
    List<String> next = new ArrayList<>(children.size() + 1);
    next.addAll(children);
    next.add(name);
    return new Node(value, next, permissions, generation);
  }

  Node withoutChild(String name) {
    List<String> next = new ArrayList<>(children);
    next.remove(name);
    return new Node(value, next, permissions, generation);
  }

  /** Size as xenstored counts it against the limit of one node. */
  int recordBytes() {
    int bytes = RECORD_HEADER_BYTES + permissions.size() * RECORD_PERMISSION_BYTES + value.length;
    for (String child : children) {
      bytes += child.length() + 1;
    }
    return bytes;
  }
}
