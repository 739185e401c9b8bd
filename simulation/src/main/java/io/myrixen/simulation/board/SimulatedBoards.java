package io.myrixen.simulation.board;

import io.myrixen.mx.board.BackgroundWork;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.board.Pending;
import io.myrixen.nic.BoardConfig;
import io.myrixen.nic.NicContext;
import io.myrixen.simulation.time.Agenda;
import io.myrixen.simulation.time.Alarm;
import io.myrixen.simulation.time.StandstillException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.IntSupplier;
import org.agrona.concurrent.NanoClock;

/**
 * The boards of one simulated VM. Its waits let virtual time pass; so does each look at its clock
 * from outside the simulation, so that who polls without waiting comes on as well. Confined to the
 * simulation's thread.
 */
public final class SimulatedBoards implements BoardDriver {

  /** What a call of the library takes: a few hundred nanoseconds to a microsecond. */
  private static final long CALL_NS = 1_000;

  /** From a bell until a thread runs that it woke. */
  private static final long WAKE_UP_NS = 5_000;

  private final Agenda agenda;
  private final IntSupplier sessions;
  private final List<SimulatedBoard> boards = new ArrayList<>();
  private final Map<BackgroundWork, Alarm> works = new LinkedHashMap<>();
  private final NanoClock clock = this::look;

  /**
   * Makes a VM without boards.
   *
   * @param sessions gives each endpoint opened its session, never 0
   */
  public SimulatedBoards(Agenda agenda, IntSupplier sessions) {
    this.agenda = agenda;
    this.sessions = sessions;
  }

  /** Puts a board of this VM on {@code nic}; numbers count up from 0. */
  public SimulatedBoard add(SimulatedNic nic, BoardConfig config) {
    var board =
        new SimulatedBoard(
            this, nic, config, boards.size(), NicContext.ENDPOINTS_PER_BOARD_DEFAULT);
    boards.add(board);
    return board;
  }

  int newSession() {
    return sessions.getAsInt();
  }

  private long look() {
    if (!agenda.running()) {
      agenda.run(CALL_NS);
    }
    return agenda.nanoTime();
  }

  @Override
  public List<Board> boards() {
    return List.copyOf(boards);
  }

  @Override
  public <T> T await(Pending<T> pending) {
    while (!pending.done()) {
      if (!agenda.step(Agenda.NEVER_NS)) {
        throw new StandstillException("no answer will come");
      }
    }
    try {
      return pending.future().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public NanoClock clock() {
    return clock;
  }

  @Override
  public void addBackgroundWork(BackgroundWork work) {
    var holder = new Alarm[1];
    Alarm alarm = agenda.alarm(() -> holder[0].setIn(work.doWork(agenda.nanoTime())));
    holder[0] = alarm;
    works.put(work, alarm);
    alarm.setIn(0);
  }

  @Override
  public void removeBackgroundWork(BackgroundWork work) {
    Alarm alarm = works.remove(work);
    if (alarm != null) {
      alarm.clear();
    }
  }

  /** The driver's thread hears of a bell, and runs the work that it is for. */
  void notified(EndpointPort port) {
    works.forEach((work, alarm) -> {
      if (work.port().sessionId() == port.sessionId()) {
        alarm.setIn(WAKE_UP_NS);
      }
    });
  }

  /**
   * Ends the VM as a kill does: its threads stop, and the NIC closes its endpoints. Whoever uses
   * them still must not call them any more.
   */
  public void kill() {
    works.values().forEach(Alarm::clear);
    works.clear();
    boards.forEach(SimulatedBoard::leave);
    boards.clear();
  }

  @Override
  public void close() {
    kill();
  }
}
