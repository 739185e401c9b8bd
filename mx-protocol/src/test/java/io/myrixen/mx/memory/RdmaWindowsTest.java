package io.myrixen.mx.memory;

import static io.myrixen.mx.window.RdmaWindowEntry.SINK;
import static io.myrixen.mx.window.RdmaWindowEntry.SOURCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class RdmaWindowsTest {

  private final WindowLayout layout = new WindowLayout(WindowGeometry.DEFAULT);
  private final MemorySegment window = Arena.ofAuto().allocate(layout.lengthBytes(), 4096);
  private final RdmaWindows windows = new RdmaWindows(window, layout);
  private final int count = WindowGeometry.DEFAULT.rdmaWindowCount();

  private RdmaWindowEntry.Copy asTheNicSeesIt(int id) {
    RdmaWindowEntry.Copy copy = new RdmaWindowEntry.Copy();
    new RdmaWindowEntry(window, layout.rdmaWindowOffset(id)).read(copy);
    return copy;
  }

  @Test
  void shouldShowTheNicWhatWasOpened() {
    int id = windows.openSliding(SINK, 9, 4096, 1 << 16, 0xFFFFFFFFL);

    RdmaWindowEntry.Copy copy = asTheNicSeesIt(id);
    assertEquals(SINK, copy.state);
    assertEquals(23, copy.generation);
    assertEquals(9, copy.regionId);
    assertEquals(4096, copy.regionOffset);
    assertEquals(1 << 16, copy.ringBytes);
    assertEquals(0xFFFFFFFFL, copy.messageLength);

    windows.close(id);
    assertEquals(RdmaWindowEntry.CLOSED, asTheNicSeesIt(id).state);
  }

  @Test
  void shouldLeaveHalfToSinksWhenSourcesWantAll() {
    for (int i = 0; i < count / 2; i++) {
      assertNotEquals(-1, windows.openFixed(SOURCE, 1, 0, 10));
    }
    assertEquals(-1, windows.openFixed(SOURCE, 1, 0, 10));
    for (int i = 0; i < count / 2; i++) {
      assertNotEquals(-1, windows.openFixed(SINK, 1, 0, 10));
    }
    assertEquals(-1, windows.openFixed(SINK, 1, 0, 10));
    assertEquals(count, windows.openCount());

    windows.close(0);

    assertEquals(0, windows.openFixed(SOURCE, 1, 0, 10));
  }

  @Test
  void shouldUseEveryOtherIdBeforeOneComesAgain() {
    for (int i = 0; i < 3 * count; i++) {
      int id = windows.openFixed(SOURCE, 1, 0, 10);
      assertEquals(i % count, id);
      assertEquals(23 + i / count, windows.generation(id));
      windows.close(id);
    }
  }

  @Test
  void shouldCountGenerationsInOneByte() {
    for (int i = 0; i < 256 * count; i++) {
      windows.close(windows.openFixed(SINK, 1, 0, 10));
    }
    int id = windows.openFixed(SINK, 1, 0, 10);
    assertEquals(23, windows.generation(id));
    assertEquals(23, asTheNicSeesIt(id).generation);
  }

  @Test
  void shouldKnowASourceByIdAndGeneration() {
    int source = windows.openFixed(SOURCE, 1, 0, 10);
    int sink = windows.openFixed(SINK, 1, 0, 10);

    assertTrue(windows.openSource(source, 23));
    assertFalse(windows.openSource(source, 24));
    assertFalse(windows.openSource(sink, 23));
    assertFalse(windows.openSource(255, 23));
    windows.close(source);
    assertFalse(windows.openSource(source, 23));
    assertThrows(IllegalStateException.class, () -> windows.close(source));
  }
}
