package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SequenceTest {

  @Test
  void shouldKeepTheEraAcrossTheWrap() {
    int last = Sequence.of(2, 0x3FFF);

    assertEquals(0x8000, Sequence.next(last));
    assertEquals(last, Sequence.previous(Sequence.next(last)));
    assertEquals(2, Sequence.era(Sequence.next(last)));
  }

  @Test
  void shouldReckonDistancesModuloFourteenBits() {
    assertEquals(3, Sequence.distance(0x3FFE, 1));
    assertEquals(-3, Sequence.distance(1, 0x3FFE));
    assertEquals(8191, Sequence.distance(0, 8191));
    assertEquals(-8192, Sequence.distance(0, 8192));
    assertEquals(0, Sequence.distance(Sequence.of(1, 7), Sequence.of(3, 7)));
  }

  @Test
  void shouldTellALaterEraFromTheOneBefore() {
    assertFalse(Sequence.newerEra(Sequence.of(1, 5), Sequence.of(1, 9)));
    assertTrue(Sequence.newerEra(Sequence.of(2, 5), Sequence.of(1, 9)));
    assertTrue(Sequence.newerEra(Sequence.of(0, 5), Sequence.of(3, 9)));
    assertFalse(Sequence.newerEra(Sequence.of(0, 5), Sequence.of(1, 9)));
    assertFalse(Sequence.newerEra(Sequence.of(3, 5), Sequence.of(0, 9)));
  }
}
