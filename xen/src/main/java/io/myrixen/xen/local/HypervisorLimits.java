package io.myrixen.xen.local;

/**
 * How much one domain may hold. Each limit keeps one domain from starving the others of what the
 * hypervisor shares out; the error names it. What a hostile process keeps mapped after it said that
 * it had unmapped it counts no more: only its own limits of memory end that.
 *
 * @param grantedPages pages that the domain has granted and that are not given back
 * @param allocations acts of granting that are not given back; each holds a descriptor
 * @param mappings runs of consecutive pages in all lists that the domain has mapped
 * @param ports event-channel ports of the domain; each channel may hold a descriptor
 */
public record HypervisorLimits(int grantedPages, int allocations, int mappings, int ports) {

  /** Two GiB: room for a gibibyte registered beside any number of windows. */
  public static final int GRANTED_PAGES_DEFAULT = 1 << 19;

  /**
   * Enough for a thousand endpoints of a few allocations each; far below what a process may open.
   */
  public static final int ALLOCATIONS_DEFAULT = 4096;

  /**
   * As many as a driver domain needs that maps everything of several full VMs, and as a process of
   * Linux can have: each is a mapping of its kernel, of which it gets 65,530.
   */
  public static final int MAPPINGS_DEFAULT = 1 << 16;

  /** What Xen's two-level event channels offer a 64-bit domain. */
  public static final int PORTS_DEFAULT = 4096;

  /** Checks that each is at least 1. */
  public HypervisorLimits {
    requirePositive("grantedPages", grantedPages);
    requirePositive("allocations", allocations);
    requirePositive("mappings", mappings);
    requirePositive("ports", ports);
  }

  /** The defaults, generous for what one VM does. */
  public static HypervisorLimits defaults() {
    return new HypervisorLimits(
        GRANTED_PAGES_DEFAULT, ALLOCATIONS_DEFAULT, MAPPINGS_DEFAULT, PORTS_DEFAULT);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }
}
