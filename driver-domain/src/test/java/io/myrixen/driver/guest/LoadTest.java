package io.myrixen.driver.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.guest.Load.Kind;
import org.junit.jupiter.api.Test;

final class LoadTest {

  @Test
  void shouldKeepWhatIsUnderWayWithinACache() {
    assertEquals(64, new Load(Kind.STREAM, 8).buffers());
    assertEquals(64, new Load(Kind.STREAM, 4 << 10).buffers());
    assertEquals(16, new Load(Kind.STREAM, 64 << 10).buffers());
    assertEquals(4, new Load(Kind.STREAM, 1 << 20).buffers());
    assertEquals(2, new Load(Kind.ECHO, 1 << 20).buffers());
  }

  @Test
  void shouldHaveBuffersThatRingsAndMemoryHold() {
    for (Kind kind : Kind.values()) {
      for (int bytes = 1; bytes <= Load.MAX_BYTES; bytes += 1 + bytes / 7) {
        Load load = new Load(kind, bytes);
        assertEquals(1, Integer.bitCount(load.buffers()), load::toString);
        assertTrue(load.window() >= load.buffers(), load::toString);
        assertTrue(load.memoryBytes() <= 4L * Load.MAX_BYTES, load::toString);
        assertTrue(load.offset(1) >= bytes && load.offset(1) % 64 == 0, load::toString);
      }
    }
  }

  @Test
  void shouldComeBackFromALine() {
    Load load = new Load(Kind.STREAM, 4096);
    assertEquals(load, Load.from(Line.parse(load.on(Line.of("drive")).toString())));
    assertThrows(IllegalArgumentException.class, () -> new Load(Kind.ECHO, 0));
    assertThrows(IllegalArgumentException.class, () -> new Load(Kind.ECHO, Load.MAX_BYTES + 1));
  }
}
