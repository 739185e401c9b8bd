package io.myrixen.nic;

import org.jspecify.annotations.Nullable;

/** A board of this NIC: its identity, and the endpoints open on it. */
final class LocalBoard implements Route {

  private final long nicId;
  private final String hostname;
  private final VmShare vm;
  private final @Nullable NicEndpoint[] endpoints;

  LocalBoard(long nicId, String hostname, VmShare vm, int endpointCount) {
    this.nicId = nicId;
    this.hostname = hostname;
    this.vm = vm;
    this.endpoints = new @Nullable NicEndpoint[endpointCount];
  }

  long nicId() {
    return nicId;
  }

  String hostname() {
    return hostname;
  }

  VmShare vm() {
    return vm;
  }

  /** Endpoint ids are below it. */
  int endpointCount() {
    return endpoints.length;
  }

  /** The endpoint open under an id that is in range. */
  @Nullable NicEndpoint endpoint(int endpointId) {
    return endpoints[endpointId];
  }

  void endpoint(int endpointId, @Nullable NicEndpoint endpoint) {
    endpoints[endpointId] = endpoint;
  }
}
