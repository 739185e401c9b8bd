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
  private final int namesBytes;
  private final List<StorePermission> permissions;
  private final long generation;

  private Node(
      byte[] value,
      List<String> children,
      int namesBytes,
      List<StorePermission> permissions,
      long generation) {
    this.value = value;
    this.children = children;
    this.namesBytes = namesBytes;
    this.permissions = permissions;
    this.generation = generation;
  }

  static Node fresh(byte[] value, List<StorePermission> permissions) {
    return new Node(value, List.of(), 0, permissions, 0);
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
    return new Node(next, children, namesBytes, permissions, generation);
  }

  Node withPermissions(List<StorePermission> next) {
    return new Node(value, children, namesBytes, next, generation);
  }

  Node withGeneration(long next) {
    return new Node(value, children, namesBytes, permissions, next);
  }

  Node withChild(String name) {
    List<String> next = new ArrayList<>(children.size() + 1);
    next.addAll(children);
    next.add(name);
    return new Node(value, next, namesBytes + name.length() + 1, permissions, generation);
  }

  /** Without {@code name}, which is one of the children. */
  Node withoutChild(String name) {
    List<String> next = new ArrayList<>(children);
    next.remove(name);
    return new Node(value, next, namesBytes - name.length() - 1, permissions, generation);
  }

  /** Size as xenstored counts it against the limit of one node. */
  int recordBytes() {
    return RECORD_HEADER_BYTES
        + permissions.size() * RECORD_PERMISSION_BYTES
        + value.length
        + namesBytes;
  }
}
