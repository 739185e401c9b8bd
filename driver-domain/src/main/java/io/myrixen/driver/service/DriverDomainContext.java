package io.myrixen.driver.service;

import io.myrixen.netback.NetbackContext;
import io.myrixen.nic.NicContext;

/**
 * Settings of a driver domain, checked when built.
 *
 * @param nic the NIC's
 * @param netback netback's quotas
 * @param idleBudgetNs how long the NIC's thread looks in vain before it sleeps, nanoseconds
 * @param countersIntervalNs time between two publications of the counters, nanoseconds
 */
public record DriverDomainContext(
    NicContext nic, NetbackContext netback, long idleBudgetNs, long countersIntervalNs) {

  /** Microseconds; see {@code idleBudgetNs}. */
  public static final String IDLE_BUDGET_PROP_NAME = "myrixen.driver-domain.idle.budget";

  /** Milliseconds; see {@code countersIntervalNs}. */
  public static final String COUNTERS_INTERVAL_PROP_NAME =
      "myrixen.driver-domain.counters.interval";

  /** 200 microseconds: a few sleeps' worth, so that traffic with small gaps never sleeps. */
  public static final int IDLE_BUDGET_DEFAULT_US = 200;

  /** Twenty milliseconds: younger than anybody can read, and a thousandth of a core. */
  public static final int COUNTERS_INTERVAL_DEFAULT_MS = 20;

  /** Checks the components that are not checked already. */
  public DriverDomainContext {
    if (idleBudgetNs < 0) {
      throw new IllegalArgumentException(
          IDLE_BUDGET_PROP_NAME + " must not be negative: " + idleBudgetNs / 1_000);
    }
    if (countersIntervalNs <= 0) {
      throw new IllegalArgumentException(
          COUNTERS_INTERVAL_PROP_NAME + " must be positive: " + countersIntervalNs / 1_000_000);
    }
  }

  /** Returns the defaults, each overridden by its system property where one is set. */
  public static DriverDomainContext fromSystemProperties() {
    return new DriverDomainContext(
        NicContext.fromSystemProperties(),
        NetbackContext.fromSystemProperties(),
        1_000L * Integer.getInteger(IDLE_BUDGET_PROP_NAME, IDLE_BUDGET_DEFAULT_US),
        1_000_000L * Integer.getInteger(COUNTERS_INTERVAL_PROP_NAME, COUNTERS_INTERVAL_DEFAULT_MS));
  }

  /** These with other quotas of netback's. */
  public DriverDomainContext withNetback(NetbackContext netback) {
    return new DriverDomainContext(nic, netback, idleBudgetNs, countersIntervalNs);
  }
}
