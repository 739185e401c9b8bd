package io.myrixen.simulation.load;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadTest {

  private static Load load(int senders, int lossPerMillion, boolean registered) {
    return new Load(senders, lossPerMillion, Duration.ofMillis(100), registered, 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldFillTheLinkWhenNothingIsLost(boolean registered) {
    assertTrue(load(1, 0, registered).run().bytesPerSecond() > 1.0e9);
  }

  @Test
  void shouldBringLargeMessagesThroughWhenMuchIsLost() {
    assertTrue(load(1, 100_000, true).run().messages() > 8);
  }

  @Test
  void shouldLoseLittleToACrowdOfSenders() {
    assertTrue(load(16, 0, true).run().bytesPerSecond() > 0.8e9);
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    assertThrows(IllegalArgumentException.class, () -> load(0, 0, true));
    assertThrows(IllegalArgumentException.class, () -> load(1, 900_000, true));
    assertThrows(IllegalArgumentException.class, () -> new Load(1, 0, Duration.ZERO, true, 1));
  }
}
