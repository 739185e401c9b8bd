package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The one routing step: from a NIC id to where it leads. What {@link #deliver} does for a packet of
 * a local sender, it does for one that arrives from elsewhere.
 */
final class Switchboard {

  private final Bells bells;
  private final FaultSink faults;
  private final Long2ObjectHashMap<Route> routes = new Long2ObjectHashMap<>();
  private final Descriptor answer = new Descriptor();

  Switchboard(Bells bells, FaultSink faults) {
    this.bells = bells;
    this.faults = faults;
  }

  void add(Route route) {
    routes.put(route.nicId(), route);
  }

  void remove(Route route) {
    routes.remove(route.nicId());
  }

  @Nullable Route route(long nicId) {
    return routes.get(nicId);
  }

  /** Puts a packet into the window of the endpoint of {@code board} that it is for. */
  Delivery deliver(LocalBoard board, Packet packet) {
    Delivery reached = reach(board, packet.destinationEndpoint());
    NicEndpoint receiver =
        reached == Delivery.DELIVERED ? board.endpoint(packet.destinationEndpoint()) : null;
    if (receiver == null) {
      return reached;
    }
    if (bearsReceiverSession(packet.event().kind)
        && packet.event().session != receiver.sessionId()) {
      return Delivery.BAD_SESSION;
    }
    try {
      if (!receiver.receive().hasRoom(packet.payloadBytes())) {
        return Delivery.NO_ROOM;
      }
    } catch (EndpointFault fault) {
      faults.fault(receiver, fault.what(), fault.value());
      return Delivery.ENDPOINT_CLOSED;
    }
    receiver.receive().write(packet);
    receiver.count(NicCounter.DELIVERIES, 1);
    receiver.count(NicCounter.ofReceived(packet.event().kind), 1);
    bells.touch(receiver);
    return Delivery.DELIVERED;
  }

  /** Tells an endpoint that a board is there. */
  void hostReplied(NicEndpoint endpoint, long nicId, int cookie) {
    try {
      if (!endpoint.receive().hasRoom(0)) {
        endpoint.count(NicCounter.DROPPED, 1);
        return;
      }
    } catch (EndpointFault fault) {
      faults.fault(endpoint, fault.what(), fault.value());
      return;
    }
    answer.clear();
    answer.kind = Kind.HOST_REPLY;
    answer.nicId = nicId;
    answer.word(cookie);
    endpoint.receive().write(answer);
    bells.touch(endpoint);
  }

  /** Whether an endpoint is there: DELIVERED, or why not. */
  static Delivery reach(LocalBoard board, int endpointId) {
    if (endpointId >= board.endpointCount()) {
      return Delivery.BAD_ENDPOINT;
    }
    return board.endpoint(endpointId) == null ? Delivery.ENDPOINT_CLOSED : Delivery.DELIVERED;
  }

  /** Connects are between those who do not know each other's session yet; nacks have none. */
  private static boolean bearsReceiverSession(int kind) {
    return kind != Kind.CONNECT_REQUEST && kind != Kind.CONNECT_REPLY && kind != Kind.NACK;
  }
}
