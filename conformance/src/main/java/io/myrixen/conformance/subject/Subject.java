package io.myrixen.conformance.subject;

import io.myrixen.mx.Mx;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is tested. While the cases run nobody else has endpoints on its boards. Used by one case at
 * a time.
 */
public interface Subject {

  /** Its name in reports: a word or two. */
  String name();

  /** The host that each case has its first endpoint on. */
  Host near();

  /**
   * The host at the other end of {@code path}: the near one itself for {@link Path#SELF} and {@link
   * Path#SAME_BOARD}.
   *
   * @return null if this subject has no such path
   */
  @Nullable Host far(Path path);

  /**
   * Whether several threads may wait at once. A subject whose world is stepped by the one thread
   * that waits says no; cases that need threads are then reported as not applicable.
   */
  boolean threaded();

  /**
   * Makes a subject of opened MX.
   *
   * @param near where each case has its first endpoint
   * @param sameNic another host at the same NIC, or null
   * @param otherNic a host at another NIC, or null
   * @param threaded see {@link #threaded}
   */
  static Subject of(
      String name, Mx near, @Nullable Mx sameNic, @Nullable Mx otherNic, boolean threaded) {
    Host here = Host.of(near);
    var far = new EnumMap<Path, Host>(Path.class);
    far.put(Path.SELF, here);
    far.put(Path.SAME_BOARD, here);
    if (sameNic != null) {
      far.put(Path.SAME_NIC, Host.of(sameNic));
    }
    if (otherNic != null) {
      far.put(Path.OTHER_NIC, Host.of(otherNic));
    }
    return new HostsSubject(name, here, Map.copyOf(far), threaded);
  }
}
