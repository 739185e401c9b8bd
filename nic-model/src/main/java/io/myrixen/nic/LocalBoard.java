package io.myrixen.nic;

import io.myrixen.nic.NicCounters.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A board of this NIC: its identity, the endpoints open on it, and what was counted there. */
final class LocalBoard implements Route {

  private final long nicId;
  private final String hostname;
  private final VmShare vm;
  private final @Nullable NicEndpoint[] endpoints;
  private final Tally own = new Tally();
  private Values closed = Values.NONE;

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

  /** The endpoints open now; a copy. */
  List<NicEndpoint> open() {
    var open = new ArrayList<NicEndpoint>();
    for (NicEndpoint endpoint : endpoints) {
      if (endpoint != null) {
        open.add(endpoint);
      }
    }
    return List.copyOf(open);
  }

  /** Counts what happens at the board and at no endpoint of it. */
  void count(NicCounter counter, long count) {
    own.add(counter, count);
  }

  /** Keeps what {@code endpoint} has counted, which is closed and counts no more. */
  void retain(NicEndpoint endpoint) {
    closed = closed.plus(endpoint.counters());
  }

  /** What endpoints counted that are closed. */
  Values closed() {
    return closed;
  }

  /** What was counted at the board and at no endpoint. Any thread. */
  Values own() {
    return own.snapshot();
  }
}
