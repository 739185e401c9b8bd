package io.myrixen.nic;

import io.myrixen.mx.wire.Frame;
import io.myrixen.nic.NicCounters.Values;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A board of this NIC: its identity, the endpoints open on it, and what was counted there. */
final class LocalBoard implements Route {

  /** What a peer puts into its frames that does not know under which index a board knows it. */
  static final int UNKNOWN_INDEX = Frame.UNKNOWN_INDEX;

  private final long nicId;
  private final String hostname;
  private final MemorySegment wireName;
  private final VmShare vm;
  private final @Nullable NicEndpoint[] endpoints;
  private final Tally own = new Tally();

  /** By the peer's own index; grows when a peer beyond its end says something. */
  private char[] indexes = {};

  private Values closed = Values.NONE;

  LocalBoard(long nicId, String hostname, VmShare vm, int endpointCount) {
    this.nicId = nicId;
    this.hostname = hostname;
    this.wireName = MemorySegment.ofArray((hostname + '\0').getBytes(StandardCharsets.UTF_8));
    this.vm = vm;
    this.endpoints = new @Nullable NicEndpoint[endpointCount];
  }

  @Override
  public long nicId() {
    return nicId;
  }

  String hostname() {
    return hostname;
  }

  /** The name as it stands in a frame, with the zero that ends it. */
  MemorySegment wireName() {
    return wireName;
  }

  /** Under which index {@code peer} knows this board, or {@link #UNKNOWN_INDEX}. */
  int indexAt(RemoteBoard peer) {
    return peer.index() < indexes.length ? indexes[peer.index()] : UNKNOWN_INDEX;
  }

  /** Learns under which index {@code peer} knows this board, or forgets it. */
  void indexAt(RemoteBoard peer, int index) {
    int length = indexes.length;
    if (index == UNKNOWN_INDEX && peer.index() >= length) {
      return;
    }
    if (peer.index() >= length) {
      indexes = Arrays.copyOf(indexes, peer.index() + 1);
      Arrays.fill(indexes, length, indexes.length, (char) UNKNOWN_INDEX);
    }
    indexes[peer.index()] = (char) index;
  }

  /** Forgets what endpoints have asked {@code peer}, which goes. */
  void forgetQueries(RemoteBoard peer) {
    for (NicEndpoint endpoint : endpoints) {
      if (endpoint != null) {
        endpoint.hostQueries().take(peer);
      }
    }
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
