package io.myrixen.simulation.sabotage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.simulation.campaign.Campaign;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SabotagedLoaderTest {

  @ParameterizedTest
  @FieldSource("io.myrixen.simulation.sabotage.Sabotages#ALL")
  void shouldFindThePlaceOfEachSabotage(Sabotage sabotage) {
    assertEquals(
        "io.myrixen.simulation.campaign.SeedRunner",
        SabotagedLoader.runner(sabotage).getClass().getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fragment-twice", "fragment-first-place"})
  void shouldBeFoundOut(String name) {
    Sabotage sabotage = Sabotages.named(name).orElseThrow();

    Campaign.Result result = new Campaign(SabotagedLoader.runner(sabotage), _ -> {}).run(1, 5);

    assertFalse(result.passed());
  }

  @Test
  void shouldRefuseASabotageWithoutAPlace() {
    var sabotage =
        new Sabotage("none", "", "io.myrixen.mx.endpoint.Ordering", "gone", new Mutation.Return(0));

    Throwable refused =
        assertThrows(IllegalStateException.class, () -> SabotagedLoader.runner(sabotage));

    assertTrue(String.valueOf(refused.getMessage()).contains("finds no such place"));
  }

  @Test
  void shouldNameEachSabotageOnce() {
    assertEquals(Sabotages.ALL.size(), new HashSet<>(Sabotages.names()).size());
  }
}
