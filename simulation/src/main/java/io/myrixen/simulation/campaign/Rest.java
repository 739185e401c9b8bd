package io.myrixen.simulation.campaign;

import io.myrixen.mx.board.EndpointInspection;
import io.myrixen.simulation.SimulatedSystem;
import io.myrixen.simulation.board.SimulatedNic;
import io.myrixen.simulation.oracle.ViolationException;
import io.myrixen.simulation.traffic.Application;
import io.myrixen.simulation.traffic.Traffic;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How a run comes to rest: everything that must end has, and nothing of it is left anywhere. */
final class Rest {

  /** How often a look is taken whether it is over. */
  private static final long LOOK_NS = Duration.ofMillis(5).toNanos();

  /** Ten times the longest partition, which is twice the time in which a partner is given up. */
  private static final long LONGEST_NS = Duration.ofMinutes(20).toNanos();

  /** Fifty times what a seed takes: somebody always wants to run, and does nothing. */
  private static final long MOST_STEPS = 5_000_000;

  private static final long LAST_FRAMES_NS = Duration.ofMillis(50).toNanos();

  private final SimulatedSystem system;
  private final Traffic traffic;

  Rest(SimulatedSystem system, Traffic traffic) {
    this.system = system;
    this.traffic = traffic;
  }

  /**
   * Lets time pass until all messages are where they belong, {@code over} holds, and no library has
   * anything under way.
   *
   * @throws ViolationException if that never happens
   */
  void await(BooleanSupplier over) {
    long endNs = system.agenda().nowNs() + LONGEST_NS;
    String rest = "";
    while (system.agenda().nowNs() < endNs && system.agenda().steps() < MOST_STEPS) {
      system.agenda().run(LOOK_NS);
      if (over.getAsBoolean() && traffic.done()) {
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

  /**
   * Ends the system, whose endpoints are closed.
   *
   * @throws ViolationException if a NIC has anything left or blames a library
   */
  void end() {
    system.close();
    system.agenda().run(LAST_FRAMES_NS);
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
}
