package io.myrixen.simulation.campaign;

import io.myrixen.mx.board.EndpointInspection;
import io.myrixen.nic.NicCounter;
import io.myrixen.simulation.SimulatedSystem;
import io.myrixen.simulation.board.SimulatedNic;
import io.myrixen.simulation.network.Fate;
import io.myrixen.simulation.network.SwitchPort;
import io.myrixen.simulation.oracle.Oracle;
import io.myrixen.simulation.oracle.ViolationException;
import io.myrixen.simulation.traffic.Application;
import io.myrixen.simulation.traffic.Place;
import io.myrixen.simulation.traffic.Traffic;
import java.time.Duration;
import java.util.SplittableRandom;

/** One seed: a system, traffic, and what goes wrong, until everything has come to rest. */
public final class SeedRun {

  /** How often a look is taken whether it is over. */
  private static final long LOOK_NS = Duration.ofMillis(5).toNanos();

  /** Ten times the longest partition, which is twice the time in which a partner is given up. */
  private static final long LONGEST_NS = Duration.ofMinutes(20).toNanos();

  private static final long LAST_FRAMES_NS = Duration.ofMillis(50).toNanos();

  private final Scenario scenario;
  private final SimulatedSystem system;
  private final Oracle oracle = new Oracle();
  private final Coverage coverage = new Coverage();
  private final Traffic traffic;
  private final FaultPlan plan;

  /** Draws the scenario of {@code seed}. */
  public SeedRun(long seed) {
    var random = new SplittableRandom(seed);
    scenario = Scenario.draw(seed, random.split());
    system = new SimulatedSystem(scenario.system());
    for (int nic = 0; nic < scenario.nics(); nic++) {
      system.addNic();
      for (int vm = 0; vm < scenario.vmsOnEach(); vm++) {
        system.addVm(scenario.boardsOfEach());
      }
    }
    traffic =
        new Traffic(system.agenda(), oracle, counters -> CounterNames.add(counters, coverage));
    addApplications(random.split());
    plan =
        new FaultPlan(system, scenario, traffic.applications(), oracle, random.split(), coverage);
  }

  private void addApplications(SplittableRandom random) {
    int count =
        scenario.nics()
            * scenario.vmsOnEach()
            * scenario.boardsOfEach()
            * scenario.endpointsOnEach();
    for (int i = 0; i < count; i++) {
      int rest = i;
      int nic = rest % scenario.nics();
      rest /= scenario.nics();
      int vm = rest % scenario.vmsOnEach();
      rest /= scenario.vmsOnEach();
      int board = rest % scenario.boardsOfEach();
      int id = rest / scenario.boardsOfEach();
      var place = new Place(nic, vm, board, id, SimulatedSystem.nicId(nic, vm, board));
      int quota = scenario.messages() * (i + 1) / count - scenario.messages() * i / count;
      traffic.add(place, random.split(), scenario.options(), quota);
    }
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
    awaitRest();
    oracle.verdict().check();
    traffic.applications().forEach(Application::stop);
    system.close();
    system.agenda().run(LAST_FRAMES_NS);
    checkNothingLeft();
    collect();
    return coverage;
  }

  private void awaitRest() {
    long endNs = system.agenda().nowNs() + LONGEST_NS;
    String rest = "";
    while (system.agenda().nowNs() < endNs) {
      system.agenda().run(LOOK_NS);
      if (traffic.done() && plan.over()) {
        rest = leftover();
        if (rest.isEmpty()) {
          return;
        }
      }
    }
    String what = rest.isEmpty() ? "no end: " + traffic.pending() : "left over: " + rest;
    throw new ViolationException(what + descriptions());
  }

  /** What every library says of itself, for whoever has to find out why nothing comes on. */
  private String descriptions() {
    var text = new StringBuilder();
    for (Application each : traffic.applications()) {
      EndpointInspection inspection = each.inspection();
      if (inspection != null) {
        inspection.ask();
        text.append("\n\n").append(each).append(": ").append(inspection.poll());
      }
    }
    return text.toString();
  }

  private String leftover() {
    for (Application each : traffic.applications()) {
      EndpointInspection inspection = each.inspection();
      if (inspection != null) {
        inspection.ask();
        String description = inspection.poll();
        String left = description == null ? "busy" : Leftovers.first(description);
        if (!left.isEmpty()) {
          return each + ": " + left;
        }
      }
    }
    return "";
  }

  private void checkNothingLeft() {
    for (SimulatedNic nic : system.nics()) {
      if (nic.openEndpoints() > 0) {
        throw new ViolationException("endpoints left open on a NIC: " + nic.openEndpoints());
      }
      if (!nic.faults().isEmpty()) {
        throw new ViolationException("a NIC blames a library: " + nic.faults());
      }
    }
    if (system.network().framesUnderWay() > 0) {
      throw new ViolationException("frames left: " + system.network().framesUnderWay());
    }
  }

  private void collect() {
    for (NicCounter counter : NicCounter.values()) {
      long sum = 0;
      for (SimulatedNic nic : system.nics()) {
        sum += nic.count(counter);
      }
      coverage.add("NIC " + counter.label(), sum);
    }
    for (Fate fate : Fate.values()) {
      coverage.add("frame " + fate, system.network().counts().of(fate));
    }
    coverage.add("messages sent", oracle.sentCount());
    coverage.add("messages received", oracle.receivedCount());
    coverage.add("virtual milliseconds", system.agenda().nowNs() / 1_000_000);
    coverage.add("steps", system.agenda().steps());
  }
}
