package io.myrixen.simulation.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What must have occurred in a hundred seeds: all that is counted, but for what is named here with
 * its reason. Some things never may.
 */
final class Required {

  /** What only garbage or a defect brings about: it must not occur at all. */
  private static final Set<String> NEVER =
      Set.of("NIC Faults", "library badEvents", "NIC Frames Failed");

  /** What only other NICs' misbehaviour, or frames that nobody sent, bring about. */
  private static final Set<String> GARBAGE_ONLY =
      Set.of(
          "NIC Drop Bad DataLen",
          "NIC Drop Bad Header DataLen",
          "NIC Drop Bad SkbLen",
          "NIC Drop Bad Peer Index",
          "NIC Drop Host Reply Bad Magic",
          "NIC Drop Host Reply Bad Name",
          "NIC Drop Invalid Type",
          "NIC Drop Not Here",
          "NIC Drop Other Protocol",
          "NIC Drop Pull Bad Offset/Length",
          "NIC Drop Pull Bad Replies",
          "NIC Drop Pull Reply Bad SeqNum",
          "NIC Drop Unknown Type",
          "NIC Nack Bad Endpoint",
          "library nacksBadEndpoint",
          "library beyondWindow",
          "library nacksUnknown");

  /** What the traffic of a seed cannot bring about, and tests of the library's own do. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "NIC Answers Withheld", // A peer that asks for more than a library does.
          "library heldByLifetime", // Sixteen thousand messages to one partner.
          "library strangers"); // Overtaken by the end of its partner, which is rare.

  private Required() {}

  /** What is wrong with {@code coverage}: what never may occur and has, or must and has not. */
  static List<String> complaints(Coverage coverage) {
    var complaints = new ArrayList<String>();
    coverage.forEach((name, count) -> {
      if (NEVER.contains(name)) {
        if (count > 0) {
          complaints.add("%s occurred %d times and never may".formatted(name, count));
        }
      } else if (count == 0 && !isExcused(name)) {
        complaints.add(name + " did not occur");
      }
    });
    return complaints;
  }

  private static boolean isExcused(String name) {
    return GARBAGE_ONLY.contains(name) || ELSEWHERE.contains(name);
  }
}
