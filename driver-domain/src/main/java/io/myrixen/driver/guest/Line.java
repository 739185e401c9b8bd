package io.myrixen.driver.guest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line between a guest and whoever started it: a verb, then {@code key=value} words. Values are
 * URL-encoded, so that a path with spaces is one word.
 *
 * @param verb what to do, or what has been done
 * @param values by key, in the order they were added
 */
public record Line(String verb, Map<String, String> values) {

  /** Copies the values. */
  public Line {
    values = new LinkedHashMap<>(values);
  }

  /** A line without values. */
  public static Line of(String verb) {
    return new Line(verb, Map.of());
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if a word is not {@code key=value}
   */
  public static Line parse(String text) {
    String[] words = text.strip().split(" +", -1);
    var values = new LinkedHashMap<String, String>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("not key=value: " + words[i]);
      }
      values.put(
          words[i].substring(0, equals), URLDecoder.decode(words[i].substring(equals + 1), UTF_8));
    }
    return new Line(words[0], values);
  }

  /** This line with one value more. */
  public Line with(String key, Object value) {
    Line longer = new Line(verb, values);
    longer.values.put(key, value.toString());
    return longer;
  }

  /**
   * The value of {@code key}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key + " in: " + this);
    }
    return value;
  }

  /** The number that {@link #text} holds. */
  public long number(String key) {
    return Long.parseLong(text(key));
  }

  /** The number that {@link #text} holds, with a fraction. */
  public double fraction(String key) {
    return Double.parseDouble(text(key));
  }

  /** Whether there is a value for {@code key}. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  @Override
  public String toString() {
    var text = new StringBuilder(verb);
    values.forEach((key, value) ->
        text.append(' ').append(key).append('=').append(URLEncoder.encode(value, UTF_8)));
    return text.toString();
  }
}
