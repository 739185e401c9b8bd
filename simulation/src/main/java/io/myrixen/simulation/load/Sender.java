package io.myrixen.simulation.load;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.simulation.SimulatedSystem;
import io.myrixen.simulation.oracle.MatchInfo;
import io.myrixen.simulation.oracle.Pattern;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Sends numbered messages, a few at a time. */
final class Sender extends Looker {

  private record Slot(MemorySegment buffer, Request request) {}

  private final EndpointAddress to;
  private final int number;
  private final boolean registered;
  private int next;

  Sender(
      SimulatedSystem system,
      Endpoint endpoint,
      EndpointAddress to,
      int number,
      boolean registered) {
    super(system, endpoint);
    this.to = to;
    this.number = number;
    this.registered = registered;
  }

  /** Contents of all messages of a sender are the same but for their stamps. */
  static long key(int sender) {
    return sender;
  }

  @Override
  void begin() {
    for (int i = 0; i < Load.IN_FLIGHT; i++) {
      MemorySegment buffer = Buffers.of(endpoint, registered);
      Pattern.fill(buffer, key(number), 0);
      send(new Slot(buffer, endpoint.newRequest()));
    }
  }

  private void send(Slot slot) {
    Buffers.stamp(slot.buffer(), next);
    long info = MatchInfo.of(0, number, next++);
    endpoint.isend(slot.buffer(), to, info, slot.request().context(slot));
  }

  @Override
  void ended(Status outcome) {
    send((Slot) Objects.requireNonNull(outcome.context()));
  }
}
