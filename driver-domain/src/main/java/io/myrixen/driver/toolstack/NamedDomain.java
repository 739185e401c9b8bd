package io.myrixen.driver.toolstack;

import io.myrixen.xen.StoreView;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.bus.DeviceNodes;
import java.util.ArrayList;
import java.util.List;

/**
 * A domain that lives, by its number and the name that its toolstack gave it.
 *
 * @param domid its number
 * @param name its name, as a user knows it
 */
public record NamedDomain(int domid, String name) {

  /** More digits than any domid has: a word of so many is a name. */
  private static final int MAX_DOMID_DIGITS = 5;

  /**
   * Finds the domain that a user calls {@code word}: a domid if it is one in decimal digits, else a
   * name.
   *
   * @throws XenException with {@code NO_DOMAIN} if there is none, {@code BAD_REQUEST} if several
   *     have that name
   */
  static NamedDomain find(StoreView store, String word) {
    boolean number =
        !word.isEmpty()
            && word.length() <= MAX_DOMID_DIGITS
            && word.chars().allMatch(c -> c >= '0' && c <= '9');
    List<NamedDomain> found = new ArrayList<>();
    for (String child : store.list("/local/domain")) {
      String name = store.find("/local/domain/" + child + "/name");
      if (name != null && (number ? child.equals(word) : name.equals(word))) {
        found.add(new NamedDomain(Integer.parseInt(child), name));
      }
    }
    if (found.isEmpty()) {
      throw new XenException(
          Reason.NO_DOMAIN,
          "no domain %s %s runs".formatted(number ? "with domid" : "named", word));
    }
    if (found.size() > 1) {
      throw new XenException(
          Reason.BAD_REQUEST,
          "%d domains are named %s: give its domid".formatted(found.size(), word));
    }
    return found.getFirst();
  }

  /** The domain with number {@code domid}; its number is its name if it has gone. */
  static NamedDomain of(StoreView store, int domid) {
    String name = store.find(DeviceNodes.domain(domid) + "/name");
    return new NamedDomain(domid, name == null ? Integer.toString(domid) : name);
  }

  @Override
  public String toString() {
    return "%s (domain %d)".formatted(name, domid);
  }
}
