package io.myrixen.driver.bench.report;

import java.util.Locale;

/** A drawing for a page. Colours and lines come from the page's style, by class. */
final class Svg {

  private final StringBuilder text = new StringBuilder();

  /** Begins a drawing that fills the width it is given; {@code label} says what it shows. */
  Svg(int width, int height, String label) {
    text.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"".formatted(width, height))
        .append(escape(label))
        .append("\">\n");
  }

  Svg line(String type, double x1, double y1, double x2, double y2) {
    return element(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
            .formatted(type, place(x1), place(y1), place(x2), place(y2)));
  }

  Svg rectangle(String type, double x, double y, double width, double height) {
    return element(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
            .formatted(type, place(x), place(y), place(width), place(height)));
  }

  /** A line through points, each as {@link #point} writes it, with blanks between them. */
  Svg path(String type, String points) {
    return element("<polyline class=\"%s\" points=\"%s\"/>".formatted(type, points));
  }

  /** A dot that tells {@code title} to whoever points at it. */
  Svg dot(String type, double x, double y, String title) {
    return element(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"4\"><title>%s</title></circle>"
            .formatted(type, place(x), place(y), escape(title)));
  }

  /** Text that begins, is centred, or ends at {@code x}: start, middle, end. */
  Svg text(String type, double x, double y, String anchor, String content) {
    return element(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
            .formatted(type, place(x), place(y), anchor, escape(content)));
  }

  private Svg element(String element) {
    text.append(element).append('\n');
    return this;
  }

  /** {@code x,y}, for {@link #path}. */
  static String point(double x, double y) {
    return place(x) + "," + place(y);
  }

  /** To a tenth: finer than any screen shows. */
  private static String place(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** {@code content} as text of a page. */
  static String escape(String content) {
    return content
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return text + "</svg>\n";
  }
}
