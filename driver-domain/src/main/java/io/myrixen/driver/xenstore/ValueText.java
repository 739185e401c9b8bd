package io.myrixen.driver.xenstore;

import java.nio.charset.StandardCharsets;

/**
 * Values of a store as people read and write them, in the notation of Xen's own tools: printable
 * ASCII stands for itself, {@code \t \n \r \\} for what they do in C, {@code \ooo} (octal) and
 * {@code \xHH} for any other byte. A value has one character for each byte.
 */
public final class ValueText {

  /** Bytes below this one are written in octal, as Xen's tools do. */
  private static final int FIRST_HEX = 8;

  private static final int OCTAL_DIGITS = 3;
  private static final int HEX_DIGITS = 2;

  private ValueText() {}

  /** Returns {@code value} as printable ASCII. */
  public static String escape(String value) {
    var text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\\' -> text.append("\\\\");
        default -> {
          if (c >= ' ' && c <= '~') {
            text.append(c);
          } else {
            text.append((c < FIRST_HEX ? "\\%03o" : "\\x%02x").formatted((int) c));
          }
        }
      }
    }
    return text.toString();
  }

  /** Returns the bytes of an argument as they are, one character for each. */
  public static String bytesOf(String argument) {
    return new String(argument.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns the value that {@code text} stands for. As {@link #escape} writes it; what is not ASCII
   * stands for its bytes in UTF-8.
   *
   * @throws IllegalArgumentException if a backslash begins nothing of that notation
   */
  public static String unescape(String text) {
    String bytes = bytesOf(text);
    var value = new StringBuilder(bytes.length());
    int at = 0;
    while (at < bytes.length()) {
      char c = bytes.charAt(at++);
      if (c != '\\') {
        value.append(c);
        continue;
      }
      char kind = at < bytes.length() ? bytes.charAt(at) : '\0';
      switch (kind) {
        case 't' -> value.append('\t');
        case 'n' -> value.append('\n');
        case 'r' -> value.append('\r');
        case '\\' -> value.append('\\');
        default -> {
          boolean hex = kind == 'x';
          int first = hex ? at + 1 : at;
          int end = endOfNumber(bytes, first, hex ? HEX_DIGITS : OCTAL_DIGITS, hex ? 16 : 8);
          int number = end > first ? Integer.parseInt(bytes, first, end, hex ? 16 : 8) : -1;
          if (number < 0 || number > 0xFF) {
            throw new IllegalArgumentException(
                "a backslash is followed by t, n, r, \\, xHH or octal digits of a byte: " + text);
          }
          value.append((char) number);
          at = end - 1;
        }
      }
      at++;
    }
    return value.toString();
  }

  private static int endOfNumber(String text, int first, int mostDigits, int radix) {
    int end = first;
    while (end < text.length()
        && end - first < mostDigits
        && Character.digit(text.charAt(end), radix) >= 0) {
      end++;
    }
    return end;
  }
}
