package io.myrixen.embedded;

import io.myrixen.driver.service.DriverDomainContext;
import io.myrixen.netback.NetbackContext;
import io.myrixen.netfront.NetfrontContext;
import io.myrixen.xen.local.HypervisorLimits;

/**
 * Settings of an embedded system, each checked by its own record.
 *
 * @param hypervisor what any one domain may hold
 * @param driverDomain the NIC's, netback's quotas, and how the NIC's thread waits; nobody reads
 *     counters from outside, so that their interval says nothing here
 * @param netfront how long the VMs wait for the driver domain
 */
public record EmbeddedContext(
    HypervisorLimits hypervisor, DriverDomainContext driverDomain, NetfrontContext netfront) {

  /** Returns the defaults, each overridden by its system property where one is set. */
  public static EmbeddedContext fromSystemProperties() {
    return new EmbeddedContext(
        HypervisorLimits.defaults(),
        DriverDomainContext.fromSystemProperties(),
        NetfrontContext.fromSystemProperties());
  }

  /** These with other quotas of netback's. */
  public EmbeddedContext withNetback(NetbackContext netback) {
    return new EmbeddedContext(hypervisor, driverDomain.withNetback(netback), netfront);
  }
}
