package io.myrixen.simulation.load;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.Status;
import io.myrixen.simulation.SimulatedSystem;
import io.myrixen.simulation.board.SimulatedBoard;
import io.myrixen.simulation.board.SimulatedPort;
import io.myrixen.simulation.oracle.ViolationException;
import io.myrixen.simulation.time.Alarm;
import java.util.Objects;

/** One side of a stream: looks when its NIC rings, and now and then for the library's timers. */
abstract class Looker {

  private static final long REACTION_NS = 1_000;
  private static final long LOOK_NS = 1_000_000;

  final Endpoint endpoint;
  private final SimulatedPort port;
  private final Alarm turn;
  private final Status status = new Status();
  private boolean resting;

  Looker(SimulatedSystem system, Endpoint endpoint) {
    this.endpoint = endpoint;
    port = Objects.requireNonNull(((SimulatedBoard) endpoint.board()).port(endpoint.id()));
    turn = system.agenda().alarm(this::turn);
    port.listener(() -> turn.setIn(REACTION_NS));
  }

  /** Begins as many messages as may be under way. */
  abstract void begin();

  /** One of them has ended well. */
  abstract void ended(Status outcome);

  void start() {
    begin();
    turn.setIn(REACTION_NS);
  }

  /** Looks no more. */
  void stop() {
    port.listener(() -> {});
    turn.clear();
  }

  private void turn() {
    boolean worked = false;
    while (endpoint.testAny(0, 0, status)) {
      if (!status.ok()) {
        throw new ViolationException("ended with " + status);
      }
      ended(status);
      worked = true;
    }
    if (worked) {
      resting = false;
    }
    port.listen();
    turn.setIn(resting ? LOOK_NS : REACTION_NS); // Once more after saying so.
    resting = true;
  }
}
