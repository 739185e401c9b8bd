package io.myrixen.simulation.garbage;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.simulation.time.Agenda;
import io.myrixen.simulation.time.Alarm;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends and receives whatever comes, and believes nothing of it: what a forged frame may spoil is
 * not looked at. Connects again whenever something has failed.
 */
public final class Talker {

  private static final long TURN_NS = 50_000;
  private static final int LONGEST = 200_000;
  private static final int CAPACITY = 64 << 10;
  private static final int IN_FLIGHT = 4;
  private static final int MOST_OUTCOMES = 64;

  /** What a request is about. */
  private enum Role {
    CONNECT,
    SEND,
    RECEIVE
  }

  private final Endpoint endpoint;
  private final RandomGenerator random;
  private final int key;
  private final Alarm turn;
  private final Status status = new Status();
  private final MemorySegment source = MemorySegment.ofArray(new byte[LONGEST]);
  private @Nullable Talker other;
  private @Nullable EndpointAddress address;
  private boolean connecting;
  private int sending;
  private int receiving;

  /** Opens nothing: {@code endpoint} is open, and stays its owner's to close. */
  public Talker(Agenda agenda, Endpoint endpoint, int key, RandomGenerator random) {
    this.endpoint = endpoint;
    this.key = key;
    this.random = random;
    turn = agenda.alarm(this::turn);
  }

  /** Begins to talk to another. */
  public void start(Talker other) {
    this.other = other;
    turn.setIn(TURN_NS);
  }

  /** Falls silent. */
  public void rest() {
    turn.clear();
  }

  /** Closes, whatever is under way. */
  public void stop() {
    rest();
    var _ = endpoint.close(Duration.ZERO);
  }

  private void turn() {
    for (int i = 0; i < MOST_OUTCOMES && endpoint.testAny(0, 0, status); i++) {
      ended((Role) status.context());
    }
    if (address == null && !connecting && other != null) {
      connecting = true;
      Endpoint to = other.endpoint;
      endpoint.iconnect(to.board().nicId(), to.id(), key, 0, request(Role.CONNECT));
    }
    while (address != null && sending < IN_FLIGHT) {
      sending++;
      long length = random.nextInt(1 << random.nextInt(18)) % LONGEST;
      endpoint.isend(source.asSlice(0, length), address, random.nextLong(), request(Role.SEND));
    }
    while (receiving < IN_FLIGHT) {
      receiving++;
      MemorySegment buffer = MemorySegment.ofArray(new byte[CAPACITY]);
      endpoint.irecv(buffer, 0, 0, request(Role.RECEIVE));
    }
    turn.setIn(TURN_NS);
  }

  private Request request(Role role) {
    return endpoint.newRequest().context(role);
  }

  private void ended(@Nullable Role role) {
    switch (role) {
      case CONNECT -> {
        connecting = false;
        address = status.ok() ? status.source() : null;
      }
      case SEND -> {
        sending--;
        address = status.ok() ? address : null;
      }
      case RECEIVE -> receiving--;
      case null -> throw new IllegalStateException("a context that nobody attached: " + status);
    }
  }
}
