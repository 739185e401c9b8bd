package io.myrixen.driver.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.bench.result.Implementation;
import io.myrixen.driver.bench.result.Reading;
import io.myrixen.driver.guest.Line;
import io.myrixen.driver.guest.Load;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {

  private static final long NEAR_NS = 110;
  private static final long FAR_NS = 520;

  private final List<String> carried = new ArrayList<>();
  private final Plan plan = new Plan(2, 1, 1);
  private int calibrations;

  /** Answers at once, as a millisecond for each one. */
  private final class Instant implements Contender {

    private final Implementation implementation;

    Instant(Implementation implementation) {
      this.implementation = implementation;
    }

    @Override
    public Implementation implementation() {
      return implementation;
    }

    @Override
    public Line run(Load load, long budgetNs) {
      carried.add(implementation.label() + " " + load.kind() + " " + load.bytes());
      return Line.of("driven").with("p50Ns", 1_000_000).with("p99Ns", 2_000_000);
    }
  }

  private Rounds rounds(Rounds.Calibration calibration) {
    return new Rounds(
        plan,
        List.of(new Instant(Implementation.RELAY_1), new Instant(Implementation.VM)),
        calibration);
  }

  @Test
  void shouldMeasureEachLoadOfAllBeforeTheNextOne() throws Exception {
    Rounds rounds = rounds(() -> NEAR_NS);
    var begun = new ArrayList<Integer>();
    rounds.measure(begun::add);

    assertEquals(List.of(0, 1), begun);
    assertEquals(2 * 2 * plan.loads().size(), carried.size());
    assertEquals(List.of("relay-1 ECHO 8", "vm ECHO 8"), carried.subList(0, 2));
    int second = 2 * plan.loads().size();
    assertEquals(List.of("vm ECHO 8", "relay-1 ECHO 8"), carried.subList(second, second + 2));
    assertEquals(0, rounds.dropped());
    Reading first = rounds.readings().getFirst();
    assertEquals(NEAR_NS, first.calibrationNs());
  }

  @Test
  void shouldRepeatWhatWasMeasuredWhileTheProcessorsMoved() throws Exception {
    // Before the first one near; after it far, and from then on.
    Rounds rounds = rounds(() -> calibrations++ == 0 ? NEAR_NS : FAR_NS);
    rounds.measure(_ -> {});

    assertEquals(2 * 2 * plan.loads().size() + 1, carried.size());
    assertEquals(List.of("relay-1 ECHO 8", "relay-1 ECHO 8"), carried.subList(0, 2));
    assertEquals(0, rounds.dropped());
    assertTrue(rounds.readings().stream().allMatch(reading -> reading.calibrationNs() == FAR_NS));
  }

  @Test
  void shouldGiveUpWhatNeverStandsStill() throws Exception {
    Rounds rounds = rounds(() -> calibrations++ % 2 == 0 ? NEAR_NS : FAR_NS);
    rounds.measure(_ -> {});

    assertEquals(2 * 2 * plan.loads().size(), rounds.dropped());
    assertEquals(List.of(), rounds.readings());
  }

  @Test
  void shouldTakeNothingDownWhileWarmingUp() throws Exception {
    Rounds rounds = rounds(() -> NEAR_NS);
    rounds.warmUp();
    assertEquals(2 * plan.loads().size(), carried.size());
    assertEquals(List.of(), rounds.readings());
  }
}
