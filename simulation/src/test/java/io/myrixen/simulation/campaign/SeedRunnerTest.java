package io.myrixen.simulation.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SeedRunnerTest {

  private final SeedRunner runner = new SeedRunner();

  @ParameterizedTest
  @ValueSource(longs = {2, 3})
  void shouldBringEveryMessageThroughWhateverGoesWrong(long seed) {
    Map<String, Long> coverage = runner.apply(seed);

    assertEquals(2_000, coverage.get("messages sent"));
    assertTrue(coverage.getOrDefault("messages received", 0L) > 1_000, coverage::toString);
  }

  @Test
  void shouldRunASeedTheSameEachTime() {
    assertEquals(runner.apply(4), runner.apply(4));
  }
}
