package io.myrixen.xen.store;

import io.myrixen.xen.StorePermission;
import java.util.ArrayList;
import java.util.List;

/** The permissions of a node: what they say, and how they are written. */
final class Permissions {

  static final int READ = 1;
  static final int WRITE = 2;
  static final int OWNER = 4;
  static final int ALL = READ | WRITE | OWNER;

  private Permissions() {}

  /**
   * What {@code domid} may do, as bits, if it has no privilege. An entry of {@code target} counts
   * as one of its own. Ids are never used twice, so that an entry of a domain that ended is nobody
   * else's.
   *
   * @param target the domain that SET_TARGET named for it; itself if there is none
   */
  static int rights(List<StorePermission> permissions, int domid, int target) {
    int owner = owner(permissions);
    if (owner == domid || owner == target) {
      return ALL;
    }
    for (int i = 1; i < permissions.size(); i++) {
      int named = permissions.get(i).domid();
      if (named == domid || named == target) {
        return bits(permissions.get(i).access());
      }
    }
    return bits(permissions.getFirst().access());
  }

  static int owner(List<StorePermission> permissions) {
    return permissions.getFirst().domid();
  }

  /** Returns the list of a child that {@code domid} makes: it owns it, the rest is copied. */
  static List<StorePermission> ownedBy(int domid, List<StorePermission> parent) {
    List<StorePermission> own = new ArrayList<>(parent);
    own.set(0, new StorePermission(domid, parent.getFirst().access()));
    return List.copyOf(own);
  }

  static List<String> format(List<StorePermission> permissions) {
    return permissions.stream().map(StorePermission::text).toList();
  }

  /** Reads a letter and a number as a request has them; refuses anything else. */
  private static StorePermission parse(String text) {
    StorePermission.Access access =
        text.isEmpty() ? null : StorePermission.Access.of(text.charAt(0));
    if (access == null) {
      throw XsError.EINVAL.refusal();
    }
    return new StorePermission(Numbers.domid(text.substring(1)), access);
  }

  static List<StorePermission> parse(List<String> texts) {
    List<StorePermission> permissions = new ArrayList<>(texts.size());
    for (String text : texts) {
      permissions.add(parse(text));
    }
    return List.copyOf(permissions);
  }

  private static int bits(StorePermission.Access access) {
    return switch (access) {
      case NONE -> 0;
      case READ -> READ;
      case WRITE -> WRITE;
      case BOTH -> READ | WRITE;
    };
  }
}
