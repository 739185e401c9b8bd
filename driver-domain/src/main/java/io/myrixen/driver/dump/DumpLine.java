package io.myrixen.driver.dump;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of an answer: what it tells of, and values by key. Made of letters, digits and a few
 * signs, so that it can be printed as it is.
 *
 * @param word what it tells of
 * @param values in the order they were told
 */
record DumpLine(String word, Map<String, String> values) {

  private static final Pattern WORD = Pattern.compile("[a-z][a-z-]{0,31}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_./:-]{1,64}");

  /** More than an answer of ours ever has; a VM may send what it likes. */
  private static final int MOST_LINES = 200;

  private static final int MOST_VALUES = 24;

  DumpLine {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns all lines of {@code text}, which a VM wrote, or null if it is no answer. */
  static @Nullable List<DumpLine> parse(String text) {
    var lines = new ArrayList<DumpLine>();
    for (String line : text.split("\n", MOST_LINES + 1)) {
      DumpLine parsed = lines.size() < MOST_LINES ? parseLine(line) : null;
      if (parsed == null) {
        return null;
      }
      lines.add(parsed);
    }
    return lines;
  }

  private static @Nullable DumpLine parseLine(String line) {
    String[] words = line.split(" ", MOST_VALUES + 2);
    if (!WORD.matcher(words[0]).matches() || words.length > MOST_VALUES + 1) {
      return null;
    }
    var values = new LinkedHashMap<String, String>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 0) {
        return null;
      }
      String key = words[i].substring(0, equals);
      String value = words[i].substring(equals + 1);
      boolean sound = WORD.matcher(key).matches() && VALUE.matcher(value).matches();
      if (!sound || values.put(key, value) != null) {
        return null;
      }
    }
    return new DumpLine(words[0], values);
  }

  /** For machines: numbers in decimal as numbers, truth values as such, all else as text. */
  Map<String, Object> json() {
    var object = new LinkedHashMap<String, Object>();
    values.forEach((key, value) -> object.put(key, typed(key, value)));
    return object;
  }

  private static Object typed(String key, String value) {
    if (value.equals("true") || value.equals("false")) {
      return Boolean.valueOf(value);
    }
    // Match infos, masks and sessions are hexadecimal, whatever digits they happen to have.
    boolean hexadecimal = key.equals("info") || key.equals("mask") || key.equals("session");
    return !hexadecimal && value.matches("-?[0-9]{1,18}") ? Long.valueOf(value) : value;
  }
}
