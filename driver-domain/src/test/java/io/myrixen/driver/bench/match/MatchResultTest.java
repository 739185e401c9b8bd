package io.myrixen.driver.bench.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.bench.result.Machine;
import io.myrixen.driver.bench.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MatchResultTest {

  private static final long NEAR = 100;
  private static final long FAR = 500;

  private final List<MatchReading> readings = new ArrayList<>();

  private void read(String impl, Pattern pattern, int depth, int round, double ns, long cacheLine) {
    readings.add(new MatchReading(impl, pattern, depth, round, ns, cacheLine));
  }

  private MatchResult result() {
    var machine = new Machine(2, "cpu", "kernel", "jdk");
    return new MatchResult(
        machine, "c0ffee", "command", 2, List.of("self"), List.of("no mpich"), readings);
  }

  private void readFlat(double growth) {
    for (Pattern pattern : Pattern.values()) {
      for (int round = 0; round < 2; round++) {
        read("self", pattern, 10, round, 200, NEAR);
        read("self", pattern, 10_000, round, 200 * growth, NEAR);
        read("mpich", pattern, 10, round, 100, NEAR);
        read("mpich", pattern, 10_000, round, 50_000, NEAR);
      }
    }
  }

  @Test
  void shouldHoldWhileOurOwnCostStaysFlat() {
    readFlat(2.9);
    assertTrue(result().holds());
    assertEquals(3, result().verdicts().size()); // One for each pattern that is exact throughout.
  }

  @Test
  void shouldFailWhereTheMedianPairGrowsTooMuch() {
    readFlat(3.1);
    assertFalse(result().holds());
    assertEquals(
        "FAILS  self, exact receive behind N exact ones: at most 3 times:"
            + " 3.10 times (3.10 to 3.10 with 50 % confidence, 2 pairs)",
        result().verdicts().getFirst().line());
  }

  @Test
  void shouldCompareOnlyWhatWasMeasuredAtOnePlacement() {
    for (Pattern pattern : Pattern.values()) {
      read("self", pattern, 10, 0, 200, NEAR);
      read("self", pattern, 10_000, 0, 200, FAR);
    }
    assertEquals(List.of(), result().growths());
    assertTrue(result().verdicts().stream().noneMatch(Verdict::holds));
  }

  @Test
  void shouldKeepPlacementsApartInRows() {
    read("nic", Pattern.UNEXPECTED, 10, 0, 200, NEAR);
    read("nic", Pattern.UNEXPECTED, 10, 1, 900, FAR);
    assertEquals(
        List.of(200.0, 900.0), result().rows().stream().map(row -> row.spread().median()).toList());
  }

  @Test
  void shouldWriteFlatRowsForMachinesAndNotesForPeople() {
    readFlat(1);
    String json = MatchReport.json(result());
    assertTrue(
        json.contains(
            "{\"impl\":\"mpich\",\"metric\":\"match_posted_any_ns\",\"size\":8,\"depth\":10000,"
                + "\"value\":50000.0,\"calibrationNs\":100,\"runs\":2,\"min\":50000.0,"
                + "\"max\":50000.0}"),
        json);
    assertTrue(json.contains("\"notes\":[\"no mpich\"]"), json);
    assertTrue(MatchReport.text(result()).contains("\nno mpich\n"));
  }
}
