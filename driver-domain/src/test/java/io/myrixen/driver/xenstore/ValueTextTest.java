package io.myrixen.driver.xenstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTextTest {

  @Test
  void shouldWriteEveryByteSoThatItReadsBack() {
    var all = new StringBuilder();
    for (char c = 0; c < 256; c++) {
      all.append(c).append('0');
    }

    String text = ValueText.escape(all.toString());

    assertTrue(text.chars().allMatch(c -> c >= ' ' && c <= '~'), text);
    assertEquals(all.toString(), ValueText.unescape(text));
  }

  @Test
  void shouldWriteAsXensToolsDo() {
    assertEquals("a\\tb\"c\\\\d\\001\\x08\\xff", ValueText.escape("a\tb\"c\\d\1\b\u00ff"));
    assertEquals("x\tyAA\\z\0", ValueText.unescape("x\\ty\\x41\\101\\\\z\\0"));
    assertEquals("\u00c3\u00bc", ValueText.unescape("\u00fc"), "its bytes in UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "a\\", "\\q", "\\x", "\\xg", "\\8", "\\777"})
  void shouldRefuseABackslashThatBeginsNothing(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ValueText.unescape(text)).getMessage();
    assertTrue(String.valueOf(message).endsWith(": " + text), message);
  }
}
