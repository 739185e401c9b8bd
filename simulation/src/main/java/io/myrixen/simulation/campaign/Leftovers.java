package io.myrixen.simulation.campaign;

import java.util.List;

/**
 * Reads a library's description of itself for what must not be there when nothing is under way:
 * messages not acknowledged, partial or early ones, pulls, memory in use.
 */
final class Leftovers {

  /** What must be nothing, by the word that a line begins with. */
  private static final List<String> PARTNER =
      List.of(
          "unacked=0",
          "resend=0",
          "queued=false",
          "large-unanswered=false",
          "partial=0",
          "early=0",
          "ack-owed=false");

  /** A connect that is lost and not sent again would go unnoticed: others are sent to instead. */
  private static final List<String> PARTNERS = List.of("connecting=0");

  private static final List<String> UNEXPECTED = List.of("messages=0", "memory-bytes=0");
  private static final List<String> PULLS = List.of("under-way=0", "waiting=0");

  private Leftovers() {}

  /** Returns the first line that shows something, or an empty string. */
  static String first(String description) {
    for (String line : description.lines().toList()) {
      List<String> expected =
          switch (line.substring(0, (line + " ").indexOf(' '))) {
            case "partner" -> line.contains("state=dead") ? List.<String>of() : PARTNER;
            case "partners" -> PARTNERS;
            case "unexpected" -> UNEXPECTED;
            case "pulls" -> PULLS;
            default -> List.of();
          };
      for (String each : expected) {
        if (!(line + " ").contains(" " + each + " ")) {
          return line;
        }
      }
    }
    return "";
  }
}
