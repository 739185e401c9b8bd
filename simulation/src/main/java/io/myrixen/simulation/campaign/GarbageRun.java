package io.myrixen.simulation.campaign;

import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Mx;
import io.myrixen.simulation.SimulatedSystem;
import io.myrixen.simulation.board.SimulatedNic;
import io.myrixen.simulation.garbage.GarbagePlan;
import io.myrixen.simulation.garbage.Harm;
import io.myrixen.simulation.garbage.Talker;
import io.myrixen.simulation.oracle.Oracle;
import io.myrixen.simulation.oracle.ViolationException;
import io.myrixen.simulation.traffic.Application;
import io.myrixen.simulation.traffic.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One seed of garbage. Two NICs carry messages that the oracle judges, and get only what is to do
 * them no harm; two others get anything, forged identities too, and have but to bear it.
 */
final class GarbageRun {

  /** NICs of those that may be harmed; they have one VM each. */
  private static final int HARMED_NICS = 2;

  /** As many as a NIC has room for, and its own boards beside. */
  private static final int MOST_PEERS = 1_024 + 16;

  /**
   * Six times what the busiest of 300 seeds took: more, and somebody pays more for garbage than who
   * sends it.
   */
  private static final long MOST_STEPS = 2_000_000;

  private final Scenario scenario;
  private final SimulatedSystem system;
  private final Oracle oracle;
  private final Coverage coverage = new Coverage();
  private final Traffic traffic;
  private final List<Talker> talkers = new ArrayList<>();
  private final GarbagePlan plan;
  private final SplittableRandom random;

  GarbageRun(long seed) {
    random = new SplittableRandom(seed);
    scenario = Scenario.calm(seed, random.split());
    system = new SimulatedSystem(scenario.system());
    scenario.build(system);
    for (int i = 0; i < HARMED_NICS; i++) {
      var _ = system.addNic();
      var _ = system.addVm(1);
    }
    oracle = new Oracle(system.agenda()::nowNs);
    traffic =
        new Traffic(system.agenda(), oracle, counters -> CounterNames.add(counters, coverage));
    scenario.populate(traffic, random.split());
    plan = plan(random.split());
  }

  private GarbagePlan plan(SplittableRandom chances) {
    var targets = new ArrayList<GarbagePlan.Target>();
    var stations = new HashSet<Long>();
    for (int nic = 0; nic < scenario.nics() + HARMED_NICS; nic++) {
      boolean mayBeHarmed = nic >= scenario.nics();
      var behind = new ArrayList<Long>();
      for (int vm = 0; vm < (mayBeHarmed ? 1 : scenario.vmsOnEach()); vm++) {
        behind.add(SimulatedSystem.nicId(nic, vm, 0));
      }
      stations.addAll(behind);
      targets.add(new GarbagePlan.Target(nic, behind, mayBeHarmed));
    }
    return new GarbagePlan(
        system.agenda(),
        system.network(),
        scenario.system().profile().maxFrameBytes(),
        targets,
        new Harm(scenario.system().profile(), stations, Application.KEY),
        chances);
  }

  /**
   * Runs it to its end.
   *
   * @return what occurred
   * @throws ViolationException if anything was not as it must be
   */
  Coverage run() {
    system.awaitPeers();
    for (Application each : traffic.applications()) {
      each.start(system.vm(each.place().nic(), each.place().vm()));
    }
    startTalkers();
    plan.start();
    var rest = new Rest(system, traffic);
    rest.await(this::over);
    oracle.verdict().check();
    traffic.applications().forEach(Application::stop);
    talkers.forEach(Talker::stop);
    rest.end();
    NicCounts.add(system.nics(), coverage);
    OccurrenceCounts.add(traffic.occurrences(), coverage);
    coverage.add("garbage that may do harm", plan.harmful());
    coverage.add("steps", system.agenda().steps());
    coverage.add("messages received", oracle.receivedCount());
    return coverage;
  }

  private void startTalkers() {
    EndpointOptions options =
        scenario
            .options()
            .withWait(1, Duration.ZERO)
            .withRequestTimeout(Duration.ofSeconds(1))
            .withUnexpectedBytes(256 << 10);
    for (int i = 0; i < HARMED_NICS; i++) {
      Mx mx = Mx.init(system.driver(scenario.nics() + i, 0));
      talkers.add(
          new Talker(
              system.agenda(),
              mx.openEndpoint(0, 0, Application.KEY, options),
              Application.KEY,
              random.split()));
    }
    talkers.get(0).start(talkers.get(1));
    talkers.get(1).start(talkers.get(0));
  }

  private boolean over() {
    for (SimulatedNic nic : system.nics()) {
      if (nic.peers().size() > MOST_PEERS) {
        throw new ViolationException("a NIC knows too many: " + nic.peers().size());
      }
    }
    if (system.agenda().steps() > MOST_STEPS) {
      throw new ViolationException(
          "garbage keeps everybody busy: more than %d steps".formatted(MOST_STEPS));
    }
    if (plan.over()) {
      talkers.forEach(Talker::rest);
    }
    return plan.over();
  }
}
