package io.myrixen.simulation.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CampaignTest {

  private final List<String> progress = new ArrayList<>();

  @Test
  void shouldSayWhichSeedFailedAndWhy() {
    var campaign =
        new Campaign(
            seed -> {
              if (seed == 13) {
                throw new IllegalStateException("bad luck");
              }
              return Map.of("luck", 1L);
            },
            progress::add);

    Campaign.Result result = campaign.run(10, 20);

    assertFalse(result.passed());
    assertEquals(13, result.failedSeed());
    assertEquals("bad luck", result.failure());
    assertEquals(1, result.seedsToRepeat());
    assertEquals(3, result.coverage().of("luck"));
  }

  @Test
  void shouldNameWhatDidNotOccurInAHundredSeeds() {
    var campaign =
        new Campaign(seed -> Map.of("rain", seed == 150 ? 1L : 0L, "sun", 1L), progress::add);

    Campaign.Result result = campaign.run(1, 200);

    assertEquals(1, result.failedSeed());
    assertEquals(Campaign.SEEDS_FOR_ALL, result.seedsToRepeat());
    assertEquals("in 100 seeds: rain did not occur", result.failure());
  }

  @Test
  void shouldNameWhatOccurredAndNeverMay() {
    var campaign = new Campaign(_ -> Map.of("NIC Faults", 2L), progress::add);

    Campaign.Result result = campaign.run(1, 100);

    assertEquals("in 100 seeds: NIC Faults occurred 200 times and never may", result.failure());
  }

  @Test
  void shouldPassAndTellHowFarItHasCome() {
    Campaign.Result result = new Campaign(_ -> Map.of("sun", 1L), progress::add).run(1, 100);

    assertTrue(result.passed());
    assertEquals("100 of 100 seeds", progress.getLast());
  }
}
