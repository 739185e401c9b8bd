package io.myrixen.driver.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was done beside the windows in some span of time. Grants and the store are counted by the
 * hypervisor's service, requests and the NIC's notifications by the driver domain, and the VMs' own
 * notifications by the VMs.
 *
 * @param controlRequests requests to netback, those about regions apart
 * @param grantOperations pages granted, ended, mapped, unmapped: each list once
 * @param storeOperations requests to the store, of everybody
 * @param notifications event channels raised, by the NIC and by VMs
 * @param registrations requests to netback to register or deregister a region
 */
public record DataPath(
    long controlRequests,
    long grantOperations,
    long storeOperations,
    long notifications,
    long registrations) {

  /** What was done since {@code earlier}. */
  DataPath since(DataPath earlier) {
    return new DataPath(
        controlRequests - earlier.controlRequests,
        grantOperations - earlier.grantOperations,
        storeOperations - earlier.storeOperations,
        notifications - earlier.notifications,
        registrations - earlier.registrations);
  }

  /** For machines. */
  Map<String, Object> json() {
    var object = new LinkedHashMap<String, Object>();
    object.put("controlRequests", controlRequests);
    object.put("grantOperations", grantOperations);
    object.put("storeOperations", storeOperations);
    object.put("notifications", notifications);
    object.put("registrations", registrations);
    return object;
  }
}
