package io.myrixen.simulation.traffic;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.EndpointInspection;
import io.myrixen.mx.endpoint.EndpointFactory;
import io.myrixen.simulation.board.SimulatedBoard;
import io.myrixen.simulation.board.SimulatedPort;
import io.myrixen.simulation.time.Alarm;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An application with one endpoint, in turns: takes what has ended, begins something new, and looks
 * again later. Opens its endpoint again when that has gone.
 */
public final class Application {

  /** Key of every endpoint. */
  public static final int KEY = 0x5EED;

  private static final long REOPEN_NS = 1_000_000;

  /** Closing waits this long for acknowledgements at most, when all else is over. */
  private static final Duration LAST_LINGER = Duration.ofSeconds(10);

  final Traffic traffic;
  final int number;
  final Place place;
  final Habits habits;
  final RandomGenerator random;
  final HeapBuffers sendHeap = new HeapBuffers();
  final HeapBuffers receiveHeap = new HeapBuffers();

  /** Messages that it has still to send. */
  int quota;

  private final Alarm turn;
  private @Nullable BoardDriver driver;
  private @Nullable Session session;
  private boolean inside;

  Application(
      Traffic traffic, int number, Place place, Habits habits, RandomGenerator random, int quota) {
    this.traffic = traffic;
    this.number = number;
    this.place = place;
    this.habits = habits;
    this.random = random;
    this.quota = quota;
    turn = traffic.agenda().alarm(this::turn);
  }

  /** Where it runs. */
  public Place place() {
    return place;
  }

  /** Begins to run in a VM. */
  public void start(BoardDriver vm) {
    driver = vm;
    turn.setIn(random.nextLong(REOPEN_NS));
  }

  /** What it has open, or null. */
  @Nullable Session session() {
    return session;
  }

  /** Who can say what its library does; null if it has no endpoint. */
  public @Nullable EndpointInspection inspection() {
    return session == null ? null : session.port().inspection();
  }

  /** Whether it has sent all that it was to send, and everything of that has ended. */
  boolean done() {
    return quota == 0 && (session == null || session.sends.underWay() == 0);
  }

  private void turn() {
    if (inside || driver == null) {
      return;
    }
    inside = true;
    try {
      if (session == null) {
        session = open(driver);
        turn.setIn(session == null ? REOPEN_NS : habits.turnNs());
      } else if (session.port().detached()) {
        session.lose("device gone");
        session = null;
        turn.setIn(REOPEN_NS + random.nextLong(REOPEN_NS));
      } else {
        turn.setIn(session.turn());
      }
    } finally {
      inside = false;
    }
  }

  /** Returns null if the device is away just now. */
  private @Nullable Session open(BoardDriver vm) {
    try {
      var board = (SimulatedBoard) vm.boards().get(place.board());
      Endpoint endpoint =
          EndpointFactory.openBeginningAt(
              habits.firstSequence(), vm, board, place.endpointId(), KEY, habits.options());
      SimulatedPort port = board.port(place.endpointId());
      if (port == null) { // The NIC has restarted meanwhile.
        var _ = endpoint.close(Duration.ZERO);
        return null;
      }
      port.listener(() -> turn.setIn(habits.reactionNs()));
      return new Session(this, endpoint, port);
    } catch (MxException e) {
      if (e.code() == ReturnCode.NIC_DEAD || e.code() == ReturnCode.BUSY) {
        return null;
      }
      throw e;
    }
  }

  /** Closes the endpoint in the middle of everything, and opens it again later. */
  public void reopen() {
    if (session != null) {
      inside = true;
      try {
        session.close("closed", Duration.ofNanos(random.nextLong(10 * REOPEN_NS)));
        session = null;
      } finally {
        inside = false;
      }
      turn.setIn(REOPEN_NS + random.nextLong(10 * REOPEN_NS));
    }
  }

  /** Its VM is about to be killed: nothing of it runs any more. */
  public void kill() {
    if (session != null) {
      session.abandon("killed");
      session = null;
    }
    turn.clear();
    driver = null;
  }

  /** Closes for good, when nothing is under way. */
  public void stop() {
    inside = true;
    if (session != null) {
      session.closeClean(LAST_LINGER);
      session = null;
    }
    turn.clear();
    driver = null;
  }

  /** What it still has to do, in words; empty if nothing. */
  String pending() {
    return done()
        ? ""
        : "%s has %d to send, %d under way"
            .formatted(place, quota, session == null ? 0 : session.sends.underWay());
  }

  @Override
  public String toString() {
    return place.toString();
  }
}
