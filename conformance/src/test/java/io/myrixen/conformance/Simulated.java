package io.myrixen.conformance;

import io.myrixen.conformance.subject.Subject;
import io.myrixen.mx.Mx;
import io.myrixen.simulation.SimulatedSystem;

/** Simulated boards as a subject: what waits costs no time. */
final class Simulated implements AutoCloseable {

  private final SimulatedSystem system = SimulatedSystem.of(2, 2, 2);

  Subject subject() {
    return Subject.of(
        "simulated boards",
        Mx.init(system.driver(0, 0)),
        Mx.init(system.driver(0, 1)),
        Mx.init(system.driver(1, 0)),
        false);
  }

  @Override
  public void close() {
    system.close();
  }
}
