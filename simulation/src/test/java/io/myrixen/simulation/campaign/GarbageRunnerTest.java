package io.myrixen.simulation.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class GarbageRunnerTest {

  @Test
  void shouldBearWhatNobodySent() {
    Map<String, Long> coverage = new GarbageRunner().apply(5);

    assertEquals(500, coverage.get("messages received"));
    assertTrue(coverage.getOrDefault("garbage that may do harm", 0L) > 0, coverage::toString);
    assertTrue(coverage.getOrDefault("NIC Drop Unknown Type", 0L) > 0, coverage::toString);
  }
}
