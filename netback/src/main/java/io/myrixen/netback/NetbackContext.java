package io.myrixen.netback;

import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.nic.NicContext;

/**
 * What a VM may have of the driver domain, checked when built.
 *
 * @param devicesPerVm boards of one VM
 * @param endpointsPerBoard what the NIC allows; endpoint ids are below it, at most 256
 * @param endpointsPerVm endpoints that a VM has open at once, over all its boards
 * @param regionsPerVm regions that a VM has registered at once
 * @param pinnedPagesPerVm pages of a VM that are mapped here at once, windows and regions together
 * @param runsPerVm separate runs of pages that those consist of, each a mapping of this process
 * @param largestWindow no part of a window's geometry may be larger
 * @param requestsPerCycle requests taken from one ring in one duty cycle
 */
public record NetbackContext(
    int devicesPerVm,
    int endpointsPerBoard,
    int endpointsPerVm,
    int regionsPerVm,
    int pinnedPagesPerVm,
    int runsPerVm,
    WindowGeometry largestWindow,
    int requestsPerCycle) {

  /** Boards of one VM. */
  public static final String DEVICES_PROP_NAME = "myrixen.netback.devices";

  /** Open endpoints of one VM. */
  public static final String ENDPOINTS_PROP_NAME = "myrixen.netback.endpoints";

  /** Registered regions of one VM. */
  public static final String REGIONS_PROP_NAME = "myrixen.netback.regions";

  /** Mapped pages of one VM, of 4 KiB each. */
  public static final String PINNED_PAGES_PROP_NAME = "myrixen.netback.pinned-pages";

  /** Separate runs of pages that one VM's mapped pages consist of. */
  public static final String RUNS_PROP_NAME = "myrixen.netback.runs";

  /** Requests taken from one ring in one duty cycle. */
  public static final String REQUESTS_PER_CYCLE_PROP_NAME = "myrixen.netback.requests-per-cycle";

  /** As many as a host has NICs, and some: a device costs one page and a port. */
  public static final int DEVICES_DEFAULT = 8;

  /** One for each thread of a large VM, on two full boards. */
  public static final int ENDPOINTS_DEFAULT = 64;

  /** Sixteen for each endpoint: a table entry and a mapping each. */
  public static final int REGIONS_DEFAULT = 1024;

  /** 256 MiB: 64 windows with what their endpoints stage, and a large file beside them. */
  public static final int PINNED_PAGES_DEFAULT = 65_536;

  /**
   * A run for each region and endpoint, and as many again. Linux allows a process 65,530 mappings:
   * thirty VMs that scatter their pages on purpose leave room for all others.
   */
  public static final int RUNS_DEFAULT = 2048;

  /** A whole ring: one VM's requests take well under a millisecond. */
  public static final int REQUESTS_PER_CYCLE_DEFAULT = 16;

  /** Checks every component. */
  public NetbackContext {
    check(DEVICES_PROP_NAME, devicesPerVm);
    if (endpointsPerBoard < 1 || endpointsPerBoard > ControlRing.MAX_ENDPOINTS) {
      throw new IllegalArgumentException(
          "endpointsPerBoard must be 1 to 256: " + endpointsPerBoard);
    }
    check(ENDPOINTS_PROP_NAME, endpointsPerVm);
    check(REGIONS_PROP_NAME, regionsPerVm);
    check(PINNED_PAGES_PROP_NAME, pinnedPagesPerVm);
    check(RUNS_PROP_NAME, runsPerVm);
    check(REQUESTS_PER_CYCLE_PROP_NAME, requestsPerCycle);
  }

  /** Returns the defaults, each overridden by its system property where one is set. */
  public static NetbackContext fromSystemProperties() {
    return new NetbackContext(
        Integer.getInteger(DEVICES_PROP_NAME, DEVICES_DEFAULT),
        NicContext.fromSystemProperties().endpointsPerBoard(),
        Integer.getInteger(ENDPOINTS_PROP_NAME, ENDPOINTS_DEFAULT),
        Integer.getInteger(REGIONS_PROP_NAME, REGIONS_DEFAULT),
        Integer.getInteger(PINNED_PAGES_PROP_NAME, PINNED_PAGES_DEFAULT),
        Integer.getInteger(RUNS_PROP_NAME, RUNS_DEFAULT),
        WindowGeometry.LARGEST,
        Integer.getInteger(REQUESTS_PER_CYCLE_PROP_NAME, REQUESTS_PER_CYCLE_DEFAULT));
  }

  /** These with another quota of endpoints. */
  public NetbackContext withEndpointsPerVm(int endpointsPerVm) {
    return withQuotas(endpointsPerVm, pinnedPagesPerVm);
  }

  /** These with another quota of mapped pages, of 4 KiB each. */
  public NetbackContext withPinnedPagesPerVm(int pinnedPagesPerVm) {
    return withQuotas(endpointsPerVm, pinnedPagesPerVm);
  }

  private NetbackContext withQuotas(int endpoints, int pinnedPages) {
    return new NetbackContext(
        devicesPerVm,
        endpointsPerBoard,
        endpoints,
        regionsPerVm,
        pinnedPages,
        runsPerVm,
        largestWindow,
        requestsPerCycle);
  }

  private static void check(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1: %d".formatted(name, value));
    }
  }
}
