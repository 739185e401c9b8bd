package io.myrixen.mx.idle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SpinOrYieldTest {

  private static final int SPINS = 20;

  private final SpinOrYield idle = new SpinOrYield(SPINS);

  /** Looks {@code count} times in vain, and then finds something; returns how often it spun. */
  private int waitFor(int count) {
    int spun = 0;
    for (int i = 0; i < count; i++) {
      spun += idle.spins() ? 1 : 0;
    }
    idle.found();
    return spun;
  }

  @Test
  void shouldSpinAsLongAsThatFindsAnswers() {
    for (int i = 0; i < 100; i++) {
      assertEquals(SPINS - 1, waitFor(SPINS - 1));
    }
  }

  @Test
  void shouldYieldAtOnceWhereOnlyThatFindsAnswers() {
    for (int i = 0; i < 100; i++) {
      waitFor(2 * SPINS);
    }

    int spun = 0;
    for (int i = 0; i < 32; i++) {
      spun += waitFor(2 * SPINS);
    }

    assertEquals(31 + SPINS, spun, "one look of each wait, and one wait in 32 as a trial");
  }

  @Test
  void shouldLearnThatSpinningPaysAgain() {
    for (int i = 0; i < 100; i++) {
      waitFor(2 * SPINS);
    }
    for (int i = 0; i < 32 * 16; i++) {
      waitFor(SPINS - 1);
    }

    assertEquals(SPINS - 1, waitFor(SPINS - 1));
  }

  @Test
  void shouldForgetAWaitThatWasGivenUp() {
    for (int i = 0; i < SPINS - 1; i++) {
      idle.spins();
    }
    idle.begin();

    assertEquals(SPINS - 1, waitFor(SPINS - 1));
  }

  @Test
  void shouldLearnNothingFromWorkThatNobodyWaitedFor() {
    for (int i = 0; i < 100; i++) {
      waitFor(2 * SPINS);
    }
    for (int i = 0; i < 1_000; i++) {
      idle.found();
    }

    assertEquals(1, waitFor(2 * SPINS));
  }

  @Test
  void shouldRefuseToSpinNever() {
    assertThrows(IllegalArgumentException.class, () -> new SpinOrYield(0));
  }
}
