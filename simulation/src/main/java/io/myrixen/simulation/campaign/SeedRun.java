package io.myrixen.simulation.campaign;

import io.myrixen.simulation.SimulatedSystem;
import io.myrixen.simulation.network.Fate;
import io.myrixen.simulation.network.SwitchPort;
import io.myrixen.simulation.oracle.Oracle;
import io.myrixen.simulation.oracle.ViolationException;
import io.myrixen.simulation.traffic.Application;
import io.myrixen.simulation.traffic.Traffic;
import java.util.SplittableRandom;

/** One seed: a system, traffic, and what goes wrong, until everything has come to rest. */
public final class SeedRun {

  private final Scenario scenario;
  private final SimulatedSystem system;
  private final Oracle oracle;
  private final Coverage coverage = new Coverage();
  private final Traffic traffic;
  private final FaultPlan plan;

  /** Draws the scenario of {@code seed}. */
  public SeedRun(long seed) {
    var random = new SplittableRandom(seed);
    scenario = Scenario.draw(seed, random.split());
    system = new SimulatedSystem(scenario.system());
    scenario.build(system);
    oracle = new Oracle(system.agenda()::nowNs);
    traffic =
        new Traffic(system.agenda(), oracle, counters -> CounterNames.add(counters, coverage));
    scenario.populate(traffic, random.split());
    plan =
        new FaultPlan(system, scenario, traffic.applications(), oracle, random.split(), coverage);
  }

  /**
   * Runs it to its end.
   *
   * @return what occurred
   * @throws ViolationException if anything was not as it must be
   */
  public Coverage run() {
    system.awaitPeers();
    for (SwitchPort port : system.network().ports()) {
      port.faults(scenario.links(), scenario.links());
    }
    for (Application each : traffic.applications()) {
      each.start(system.vm(each.place().nic(), each.place().vm()));
    }
    plan.schedule();
    var rest = new Rest(system, traffic);
    rest.await(plan::over);
    oracle.verdict().check();
    traffic.applications().forEach(Application::stop);
    rest.end();
    collect();
    return coverage;
  }

  private void collect() {
    NicCounts.add(system.nics(), coverage);
    for (Fate fate : Fate.values()) {
      coverage.add("frame " + fate, system.network().counts().of(fate));
    }
    OccurrenceCounts.add(traffic.occurrences(), coverage);
    coverage.add("messages sent", oracle.sentCount());
    coverage.add("messages received", oracle.receivedCount());
    coverage.add("virtual milliseconds", system.agenda().nowNs() / 1_000_000);
    coverage.add("steps", system.agenda().steps());
  }
}
