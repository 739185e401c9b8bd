package io.myrixen.mx.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextIdsTest {

  @ParameterizedTest
  @CsvSource({"-1, 0", "17, 0", "1, 64", "16, 49", "0, 65", "4, -1"})
  void shouldRefuseBitsThatDoNotExist(int bits, int shift) {
    assertThrows(IllegalArgumentException.class, () -> new ContextIds(bits, shift));
  }

  @Test
  void shouldReadTheHighestBits() {
    var ids = new ContextIds(16, 48);

    assertEquals(0xFFFF_0000_0000_0000L, ids.mask());
    assertEquals(0x10000, ids.count());
    assertEquals(0xFEDC, ids.of(0xFEDC_BA98_7654_3210L));
  }

  @Test
  void shouldTellWhetherAMaskNamesOneContext() {
    var ids = new ContextIds(2, 4);

    assertEquals(2, ids.of(0x2F));
    assertTrue(ids.namedBy(0x30));
    assertTrue(ids.namedBy(-1));
    assertFalse(ids.namedBy(0x10));
    assertFalse(ids.namedBy(0));
    assertTrue(ContextIds.NONE.namedBy(0));
    assertEquals(0, ContextIds.NONE.of(-1));
  }
}
