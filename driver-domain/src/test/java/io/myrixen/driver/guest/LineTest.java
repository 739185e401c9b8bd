package io.myrixen.driver.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LineTest {

  @Test
  void shouldComeBackAsItWasWritten() {
    Line line = Line.of("sendfile").with("path", "/a b/c=d\n%").with("bytes", 17).with("rate", 1.5);
    Line read = Line.parse(line.toString());
    assertEquals(line, read);
    assertEquals("/a b/c=d\n%", read.text("path"));
    assertEquals(17, read.number("bytes"));
    assertEquals(1.5, read.fraction("rate"));
    assertEquals(-1, line.toString().indexOf('\n'));
  }

  @Test
  void shouldNameWhatIsMissing() {
    var e = assertThrows(IllegalArgumentException.class, () -> Line.of("echo").text("size"));
    assertTrue(String.valueOf(e.getMessage()).contains("size"));
    assertThrows(IllegalArgumentException.class, () -> Line.parse("echo size"));
  }

  @Test
  void shouldKeepEmptyValues() {
    assertEquals("", Line.parse(Line.of("pair").with("wrong", "").toString()).text("wrong"));
  }
}
