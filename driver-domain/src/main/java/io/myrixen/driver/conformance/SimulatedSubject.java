package io.myrixen.driver.conformance;

import io.myrixen.conformance.subject.Subject;
import io.myrixen.driver.process.Lifetime;
import io.myrixen.mx.Mx;
import io.myrixen.simulation.SimulatedSystem;

/** Boards of simulated NICs, all in the thread that waits, on virtual time. */
public final class SimulatedSubject {

  private static final int NICS = 2;
  private static final int VMS_OF_EACH = 2;
  private static final int BOARDS_OF_EACH = 2;

  private SimulatedSubject() {}

  /** Makes the system; it goes with {@code lifetime}. */
  public static Subject open(Lifetime lifetime) {
    SimulatedSystem system = lifetime.keep(SimulatedSystem.of(NICS, VMS_OF_EACH, BOARDS_OF_EACH));
    return Subject.of(
        "simulated boards",
        Mx.init(system.driver(0, 0)),
        Mx.init(system.driver(0, 1)),
        Mx.init(system.driver(1, 0)),
        false);
  }
}
