package io.myrixen.netback;

import io.myrixen.mx.control.RequestKind;
import java.util.Map;

/**
 * What netback has counted since it began; a copy that does not change.
 *
 * @param requestsByKind requests that were sound in themselves, by kind
 * @param malformed requests that were not
 * @param refused requests that were answered with another code than success, malformed ones too
 * @param endpointFaults endpoints that the NIC closed because their VM broke the window's rules
 * @param deviceFaults devices closed because their VM broke the ring's rules, or the store refused
 *     them
 * @param devices devices connected now
 * @param endpoints endpoints open now
 * @param pinnedPages pages of VMs mapped now, windows and regions together
 */
public record NetbackCounters(
    Map<RequestKind, Long> requestsByKind,
    long malformed,
    long refused,
    long endpointFaults,
    long deviceFaults,
    long devices,
    long endpoints,
    long pinnedPages) {

  /** Copies the map. */
  public NetbackCounters {
    requestsByKind = Map.copyOf(requestsByKind);
  }

  /** Requests taken from rings in all: none is added while messages pass, however many. */
  public long controlRequests() {
    return malformed + requestsByKind.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Requests to register a region. */
  public long registrations() {
    return requestsByKind.getOrDefault(RequestKind.REGISTER_REGION, 0L);
  }
}
