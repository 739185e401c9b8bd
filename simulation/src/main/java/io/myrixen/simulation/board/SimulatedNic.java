package io.myrixen.simulation.board;

import io.myrixen.mx.board.Peer;
import io.myrixen.mx.wire.WireProfile;
import io.myrixen.nic.Nic;
import io.myrixen.nic.NicContext;
import io.myrixen.nic.NicCounter;
import io.myrixen.nic.NicCounters;
import io.myrixen.simulation.network.SwitchPort;
import io.myrixen.simulation.time.Agenda;
import io.myrixen.simulation.time.Alarm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A NIC that runs from an agenda: awake while it has work, else asleep until a VM rings, a frame
 * arrives, or its own time is over. Can be restarted, which ends every endpoint on it.
 */
public final class SimulatedNic {

  /** A duty cycle: some thirty commands of a hundred nanoseconds take about as long. */
  private static final long CYCLE_NS = 2_000;

  /** From a bell to the look that it causes. */
  private static final long WAKE_UP_NS = 1_000;

  private final Agenda agenda;
  private final NicContext context;
  private final Alarm turn;
  private final List<SimulatedBoard> boards = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final Map<NicCounter, Long> before = new EnumMap<>(NicCounter.class);
  private final RandomGenerator random;
  private @Nullable SwitchPort port;
  private WireProfile profile = WireProfile.MX_WIRE;
  private Nic nic;
  private boolean asleep;
  private long pausedUntilNs;

  /**
   * Makes a NIC without boards.
   *
   * @param random what the NIC itself draws
   */
  public SimulatedNic(Agenda agenda, NicContext context, RandomGenerator random) {
    this.agenda = agenda;
    this.context = context;
    this.random = random;
    turn = agenda.alarm(this::turn);
    nic = newNic();
  }

  private Nic newNic() {
    var fresh = new Nic(context, agenda, random, this::wake);
    fresh.faultListener(this::fault);
    if (port != null) {
      var _ = fresh.attachPort(port, profile);
    }
    return fresh;
  }

  /** Attaches a wire, for good. */
  public void attach(SwitchPort port, WireProfile profile) {
    this.port = port;
    this.profile = profile;
    port.wakeUp(this::wake);
    var _ = nic.attachPort(port, profile);
  }

  /** Boards that this NIC knows, its own included. */
  public List<Peer> peers() {
    return nic.peers();
  }

  private void fault(long nicId, int endpointId, String what, long value) {
    faults.add("%012x/%d: %s=%d".formatted(nicId, endpointId, what, value));
    for (SimulatedBoard board : boards) {
      if (board.nicId() == nicId) {
        board.fault(endpointId);
      }
    }
  }

  /** Endpoints that were closed because their window broke the rules, in words. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  Agenda agenda() {
    return agenda;
  }

  Nic nic() {
    return nic;
  }

  void add(SimulatedBoard board) {
    boards.add(board);
  }

  void remove(SimulatedBoard board) {
    boards.remove(board);
  }

  /** Has the NIC look, soon. */
  public void wake() {
    turn.setIn(WAKE_UP_NS);
  }

  /** Lets the NIC's thread stand still for {@code durationNs}, as a busy host does. */
  public void pause(long durationNs) {
    pausedUntilNs = agenda.nowNs() + durationNs;
    turn.setIn(durationNs);
  }

  private void turn() {
    if (agenda.nowNs() < pausedUntilNs) {
      turn.setIn(pausedUntilNs - agenda.nowNs());
      return;
    }
    if (asleep) {
      asleep = false;
      nic.awake();
    }
    if (nic.doWork() > 0 || !nic.prepareToSleep()) {
      turn.setIn(CYCLE_NS);
      return;
    }
    asleep = true;
    turn.setIn(nic.longestSleepNs());
  }

  /**
   * Ends the NIC and puts an empty one in its place, with the same boards: each endpoint on it
   * finds its window dead, and can be opened anew.
   */
  public void restart() {
    remember();
    nic.onClose();
    boards.forEach(SimulatedBoard::nicGone);
    nic = newNic();
    asleep = false;
    boards.forEach(SimulatedBoard::attach);
    wake();
  }

  private void remember() {
    NicCounters.Values total = nic.counters().total();
    for (NicCounter counter : NicCounter.values()) {
      before.merge(counter, total.of(counter), Long::sum);
    }
  }

  /** What it has counted since it was made, over all restarts. */
  public long count(NicCounter counter) {
    return before.getOrDefault(counter, 0L) + nic.counters().total().of(counter);
  }

  /** Endpoints that are open on it now. */
  public int openEndpoints() {
    return nic.counters().endpoints().size();
  }
}
