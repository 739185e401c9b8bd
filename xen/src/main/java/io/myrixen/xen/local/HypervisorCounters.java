package io.myrixen.xen.local;

import java.util.HashMap;
import java.util.Map;

/**
 * What a hypervisor has done since it began, and what it holds now.
 *
 * @param grantsAllocated acts of granting
 * @param grantsEnded grants whose access was ended, by their owner or by its death
 * @param maps lists of references mapped
 * @param unmaps lists unmapped, by the mapper or by its death
 * @param portsAllocated ports made, by allocating or by binding
 * @param portsClosed ports closed, by their owner or by its death
 * @param storeOperations requests to the store, of every domain and of the toolstack
 * @param refused requests for grants and ports that were refused
 * @param domainsCreated domains made, dom0 not counted
 * @param domainsEnded domains that are gone
 * @param grantedPagesNow pages held by grants, those included whose owner is gone
 * @param mappingsNow lists of references mapped now
 * @param portsNow ports open now
 */
public record HypervisorCounters(
    long grantsAllocated,
    long grantsEnded,
    long maps,
    long unmaps,
    long portsAllocated,
    long portsClosed,
    long storeOperations,
    long refused,
    long domainsCreated,
    long domainsEnded,
    long grantedPagesNow,
    long mappingsNow,
    long portsNow) {

  /** Grant-table operations since the hypervisor began: what a data path must not do. */
  public long grantOperations() {
    return grantsAllocated + grantsEnded + maps + unmaps;
  }

  /** Domains alive now, dom0 not counted. */
  public long domainsNow() {
    return domainsCreated - domainsEnded;
  }

  /** All of them as lines {@code name=value}, in their order. */
  public String toText() {
    var text = new StringBuilder();
    line(text, "grantsAllocated", grantsAllocated);
    line(text, "grantsEnded", grantsEnded);
    line(text, "maps", maps);
    line(text, "unmaps", unmaps);
    line(text, "portsAllocated", portsAllocated);
    line(text, "portsClosed", portsClosed);
    line(text, "storeOperations", storeOperations);
    line(text, "refused", refused);
    line(text, "domainsCreated", domainsCreated);
    line(text, "domainsEnded", domainsEnded);
    line(text, "grantedPagesNow", grantedPagesNow);
    line(text, "mappingsNow", mappingsNow);
    line(text, "portsNow", portsNow);
    return text.toString();
  }

  private static void line(StringBuilder text, String name, long value) {
    text.append(name).append('=').append(value).append('\n');
  }

  /**
   * Reads what {@link #toText} wrote, also of a hypervisor that counts more things than this one.
   *
   * @throws IllegalArgumentException if one is missing or is no number
   */
  public static HypervisorCounters parse(String text) {
    Map<String, Long> values = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), Long.valueOf(line.substring(equals + 1)));
      }
    }
    return new HypervisorCounters(
        value(values, "grantsAllocated"),
        value(values, "grantsEnded"),
        value(values, "maps"),
        value(values, "unmaps"),
        value(values, "portsAllocated"),
        value(values, "portsClosed"),
        value(values, "storeOperations"),
        value(values, "refused"),
        value(values, "domainsCreated"),
        value(values, "domainsEnded"),
        value(values, "grantedPagesNow"),
        value(values, "mappingsNow"),
        value(values, "portsNow"));
  }

  private static long value(Map<String, Long> values, String name) {
    Long value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("counter " + name + " is missing");
    }
    return value;
  }
}
