package io.myrixen.xen.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The domains that the store has heard of. One lives from when its hypervisor says so until it says
 * that it ended, and is introduced meanwhile unless the toolstack released it.
 */
final class Domains {

  static final int DOM0 = 0;

  private final Set<Integer> living = new HashSet<>(Set.of(DOM0));
  private final Set<Integer> introduced = new HashSet<>(Set.of(DOM0));
  private final Map<Integer, Integer> targets = new HashMap<>();

  /** Takes note that {@code domid} lives. */
  void begin(int domid) {
    living.add(domid);
  }

  /** Takes note that {@code domid} lives no more. */
  void end(int domid) {
    withdraw(domid);
    living.remove(domid);
  }

  boolean living(int domid) {
    return living.contains(domid);
  }

  /** Introduces a domain that lives. Returns false if it is introduced already. */
  boolean introduce(int domid) {
    return introduced.add(domid);
  }

  /** Ends the introduction, and what was said of the domain's target. Returns false if none is. */
  boolean withdraw(int domid) {
    targets.remove(domid);
    targets.values().removeIf(target -> target == domid);
    return introduced.remove(domid);
  }

  boolean introduced(int domid) {
    return introduced.contains(domid);
  }

  /** Gives {@code domid} the rights of {@code target} beside its own. Both are introduced. */
  void target(int domid, int target) {
    targets.put(domid, target);
  }

  /** The domain whose rights {@code domid} has beside its own; itself if there is none. */
  int target(int domid) {
    return targets.getOrDefault(domid, domid);
  }
}
