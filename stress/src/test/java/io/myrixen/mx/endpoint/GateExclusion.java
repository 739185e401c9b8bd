package io.myrixen.mx.endpoint;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Threads go into an endpoint and come out: what the one inside stores is alone, and seen by the
 * next. The result is how often they touched what they share.
 */
public final class GateExclusion {

  private GateExclusion() {}

  /** A confined gate and what is to be touched inside alone. */
  @State
  public static class Confined {

    final Gate gate = new Gate(false);
    int touched;
    boolean agent;
  }

  /** A shared gate and what is to be touched inside alone. */
  @State
  public static class Shared {

    final Gate gate = new Gate(true);
    int touched;
  }

  /** The application waits for the agent, the agent does not wait. */
  @JCStressTest
  @Outcome(id = "1, false", expect = ACCEPTABLE, desc = "The agent found the application inside.")
  @Outcome(id = "2, true", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(
      id = "1, true",
      expect = FORBIDDEN,
      desc = "Both inside at once, or one did not see the other's store.")
  public static class ApplicationAndAgent {

    @Actor
    void application(Confined gate) {
      gate.gate.enter();
      gate.touched++;
      gate.gate.exit();
    }

    @Actor
    void agent(Confined gate) {
      if (gate.gate.tryEnterAgent()) {
        gate.touched++;
        gate.agent = true;
        gate.gate.exitAgent();
      }
    }

    @Arbiter
    void after(Confined gate, IZ_Result result) {
      result.r1 = gate.touched;
      result.r2 = gate.agent;
    }
  }

  /** Two threads of a shared endpoint wait for each other. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(
      id = "1",
      expect = FORBIDDEN,
      desc = "Both inside at once, or one did not see the other's store.")
  public static class TwoApplications {

    @Actor
    void one(Shared gate) {
      gate.gate.enter();
      gate.touched++;
      gate.gate.exit();
    }

    @Actor
    void other(Shared gate) {
      gate.gate.enter();
      gate.touched++;
      gate.gate.exit();
    }

    @Arbiter
    void after(Shared gate, I_Result result) {
      result.r1 = gate.touched;
    }
  }

  /** What the gate is for. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "Both at once, as is to be seen.")
  public static class WithoutAGate {

    @Actor
    void one(Shared gate) {
      gate.touched++;
    }

    @Actor
    void other(Shared gate) {
      gate.touched++;
    }

    @Arbiter
    void after(Shared gate, I_Result result) {
      result.r1 = gate.touched;
    }
  }
}
