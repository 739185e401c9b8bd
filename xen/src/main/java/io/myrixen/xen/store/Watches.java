package io.myrixen.xen.store;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.StorePermission.Access;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All watches of all connections, by the path they are on. */
final class Watches {

  static final String INTRODUCE_DOMAIN = "@introduceDomain";
  static final String RELEASE_DOMAIN = "@releaseDomain";

  private final Map<String, Set<Watch>> byPath = new HashMap<>();
  private final Map<String, List<StorePermission>> specialPermissions = new HashMap<>();
  private final Map<Integer, Integer> counts = new HashMap<>();

  Watches() {
    List<StorePermission> initial = List.of(new StorePermission(0, Access.NONE));
    specialPermissions.put(INTRODUCE_DOMAIN, initial);
    specialPermissions.put(RELEASE_DOMAIN, initial);
  }

  /**
   * One watch. It is the same as another one of its connection if path and token are, however the
   * path was given.
   *
   * @param base what a relative watch leaves out of the paths it reports; empty for an absolute one
   */
  record Watch(Session session, String path, String token, String base) {

    void report(String changed) {
      String shown = changed;
      if (!base.isEmpty()) {
        shown = changed.length() > base.length() ? changed.substring(base.length() + 1) : "";
      }
      session.enqueueEvent(shown, token);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Watch watch
          && session == watch.session
          && path.equals(watch.path)
          && token.equals(watch.token);
    }

    @Override
    public int hashCode() {
      return Objects.hash(System.identityHashCode(session), path, token);
    }
  }

  int count(int domid) {
    return counts.getOrDefault(domid, 0);
  }

  /** Adds {@code watch}, which is not there yet. */
  void add(Watch watch) {
    byPath.computeIfAbsent(watch.path(), _ -> new LinkedHashSet<>()).add(watch);
    counts.merge(watch.session().domid(), 1, Integer::sum);
  }

  void remove(Watch watch) {
    Set<Watch> there = byPath.get(watch.path());
    if (there != null && there.remove(watch)) {
      if (there.isEmpty()) {
        byPath.remove(watch.path());
      }
      // A count of zero is dropped, so that nothing is left of a domain that ended.
      counts.computeIfPresent(watch.session().domid(), (_, count) -> count > 1 ? count - 1 : null);
    }
  }

  /** Queues events for whom {@code change} concerns and who may read the node or its parent. */
  void fire(Change change, Tree tree) {
    String watched = change.path();
    while (true) {
      for (Watch watch : byPath.getOrDefault(watched, Set.of())) {
        if (mayHear(watch.session(), change, tree)) {
          watch.report(change.path());
        }
      }
      if (change.exact() || watched.equals(Paths.ROOT)) {
        return;
      }
      watched = Paths.parent(watched);
    }
  }

  void fireSpecial(String name) {
    List<StorePermission> permissions = specialPermissions(name);
    for (Watch watch : byPath.getOrDefault(name, Set.of())) {
      if (watch.session().may(permissions, Permissions.READ)) {
        watch.report(name);
      }
    }
  }

  /** The permissions of {@code @introduceDomain} or {@code @releaseDomain}; refuses others. */
  List<StorePermission> specialPermissions(String name) {
    List<StorePermission> permissions = specialPermissions.get(name);
    if (permissions == null) {
      throw XsError.EINVAL.refusal();
    }
    return permissions;
  }

  void specialPermissions(String name, List<StorePermission> permissions) {
    specialPermissions.put(name, permissions);
  }

  private static boolean mayHear(Session session, Change change, Tree tree) {
    if (session.may(change.permissions(), Permissions.READ)) {
      return true;
    }
    if (change.before() != null && session.may(change.before(), Permissions.READ)) {
      return true;
    }
    List<StorePermission> parent = change.parent();
    if (parent == null) {
      @Nullable Node node = tree.node(Paths.parent(change.path()));
      parent = node == null ? null : node.permissions();
    }
    return parent != null && session.may(parent, Permissions.READ);
  }
}
