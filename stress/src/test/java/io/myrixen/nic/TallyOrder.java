package io.myrixen.nic;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * The NIC's thread counts while another one copies the counts: who sees a later one sees an earlier
 * one. The first result is the commands, counted last, the second one the bytes.
 */
public final class TallyOrder {

  private TallyOrder() {}

  /** A NIC's counts. Commands stand before bytes, and so are copied first. */
  @State
  public static class Counts {

    final Tally tally = new Tally();
  }

  /** Each count is stored with release and loaded with acquire. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Nothing yet.")
  @Outcome(id = "0, 9", expect = ACCEPTABLE, desc = "The bytes, not yet the command.")
  @Outcome(id = "1, 9", expect = ACCEPTABLE, desc = "Both.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "The command without its bytes.")
  public static class AsBuilt {

    @Actor
    void nic(Counts counts) {
      counts.tally.add(NicCounter.BYTES, 9);
      counts.tally.add(NicCounter.COMMANDS, 1);
    }

    @Actor
    void reader(Counts counts, JJ_Result result) {
      NicCounters.Values values = counts.tally.snapshot();
      result.r1 = values.of(NicCounter.COMMANDS);
      result.r2 = values.of(NicCounter.BYTES);
    }
  }

  /** The NIC counts the command before its bytes. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The wrong order, as is to be seen.")
  public static class CommandFirst {

    @Actor
    void nic(Counts counts) {
      counts.tally.add(NicCounter.COMMANDS, 1);
      counts.tally.add(NicCounter.BYTES, 9);
    }

    @Actor
    void reader(Counts counts, JJ_Result result) {
      NicCounters.Values values = counts.tally.snapshot();
      result.r1 = values.of(NicCounter.COMMANDS);
      result.r2 = values.of(NicCounter.BYTES);
    }
  }
}
