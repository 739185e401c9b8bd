package io.myrixen.driver.bench;

import io.myrixen.driver.guest.Load;
import io.myrixen.driver.guest.Load.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is measured, how often and for how long.
 *
 * @param rounds in each of which everything is measured once
 * @param loadNs budget of each measurement
 * @param warmUps how often everything runs before the first round
 */
public record Plan(int rounds, long loadNs, int warmUps) {

  /** Nine pairs: the fewest that bound a median with 95 % confidence when one on each side errs. */
  public static final int ROUNDS_DEFAULT = 9;

  private static final int QUICK_ROUNDS_DEFAULT = 3;

  /** 400 ms: at 200 microseconds a round trip, 20 lie above the 99th percentile. */
  private static final long LOAD_NS = 400_000_000;

  /** Twice: the second time with what the first one had compiled. */
  private static final int WARM_UPS = 2;

  /** Enough to see that all works. */
  private static final long QUICK_LOAD_NS = 10_000_000;

  private static final int MAX_ROUNDS = 1_000;

  private static final List<Load> LOADS =
      List.of(
          new Load(Kind.ECHO, 8),
          new Load(Kind.ECHO, 1 << 10),
          new Load(Kind.ECHO, 32 << 10),
          new Load(Kind.ECHO, 1 << 20),
          new Load(Kind.STREAM, 8),
          new Load(Kind.STREAM, 4 << 10),
          new Load(Kind.STREAM, 64 << 10),
          new Load(Kind.STREAM, 1 << 20));

  /** Checks the numbers. */
  public Plan {
    if (rounds < 1 || rounds > MAX_ROUNDS) {
      throw new IllegalArgumentException(
          "--rounds must be 1 to %d: %d".formatted(MAX_ROUNDS, rounds));
    }
  }

  /** The whole benchmark. */
  public static Plan full() {
    return new Plan(ROUNDS_DEFAULT, LOAD_NS, WARM_UPS);
  }

  /** Shows that all works; its figures mean little. */
  public static Plan quick() {
    return new Plan(QUICK_ROUNDS_DEFAULT, QUICK_LOAD_NS, 1);
  }

  /** The same with another number of rounds. */
  public Plan withRounds(int otherRounds) {
    return new Plan(otherRounds, loadNs, warmUps);
  }

  /** Everything that is measured of each implementation. */
  List<Load> loads() {
    return LOADS;
  }

  /**
   * The order of a round: every second one goes backwards, and of those that go one way each begins
   * with the next one, so that nobody always comes first or always follows the same one.
   */
  public static <T> List<T> order(List<T> contenders, int round) {
    var order = new ArrayList<>(round % 2 == 0 ? contenders : contenders.reversed());
    Collections.rotate(order, -(round / 2));
    return order;
  }
}
