package io.myrixen.xen.store;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says which domain went too far: the first time, the second, the fourth, the eighth and so on, so
 * that a domain that goes on for ever fills no log.
 */
final class Complaints {

  private final Map<Integer, Map<String, Long>> times = new HashMap<>();
  private final Consumer<String> log;

  Complaints(Consumer<String> log) {
    this.log = log;
  }

  /**
   * Counts, and says so if it is time.
   *
   * @param what one of a few sentences: each is remembered as long as the domain lives
   */
  void about(int domid, String what) {
    long count = times.computeIfAbsent(domid, _ -> new HashMap<>()).merge(what, 1L, Long::sum);
    if (Long.bitCount(count) == 1) {
      log.accept(
          "domain " + domid + " " + what + (count == 1 ? "" : " (" + count + " times so far)"));
    }
  }

  /** Forgets a domain that has ended. */
  void forget(int domid) {
    times.remove(domid);
  }
}
