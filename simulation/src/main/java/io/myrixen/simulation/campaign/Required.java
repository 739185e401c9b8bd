package io.myrixen.simulation.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What must have occurred in a hundred seeds of messages and faults: all that is counted, but for
 * what is named here with its reason. In a hundred of garbage, what only garbage brings about. Some
 * things never may.
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

  /** What frames that nobody sent bring about, beside {@link #GARBAGE_ONLY}. */
  private static final Set<String> GARBAGE =
      Set.of(
          "NIC Answers Withheld",
          "NIC Drop Bad Endpoint",
          "NIC Drop Bad Peer Addr",
          "NIC Drop Bad Session",
          "NIC Drop Nack MCP Bad Wire Handle",
          "NIC Drop Pull Reply Bad Wire Handle",
          "NIC Drop Pull Reply Duplicate",
          "NIC Nack Bad RDMA Window",
          "NIC Nack Endpoint Closed",
          "garbage that may do harm",
          "library nacksUnmatched",
          "library staleConnects");

  /** Of {@link #GARBAGE_ONLY}, what garbage brings about in some hundreds and not in others. */
  private static final Set<String> SELDOM_GARBAGE =
      Set.of(
          "NIC Drop Bad SkbLen", // No simulated link carries a frame longer than its profile's.
          "NIC Nack Bad Endpoint", // Forged refusals of a pull that name its magic and handle.
          "library nacksBadEndpoint", // As the next two, of those who are not harmed.
          "library beyondWindow",
          "library nacksUnknown");

  private Required() {}

  /** What is wrong with {@code coverage} of garbage. */
  static List<String> complaintsOfGarbage(Coverage coverage) {
    var complaints = new ArrayList<String>();
    coverage.forEach((name, count) -> {
      boolean wanted =
          GARBAGE.contains(name) || (GARBAGE_ONLY.contains(name) && !SELDOM_GARBAGE.contains(name));
      judge(name, count, wanted, complaints);
    });
    return complaints;
  }

  /** What is wrong with {@code coverage}: what never may occur and has, or must and has not. */
  static List<String> complaints(Coverage coverage) {
    var complaints = new ArrayList<String>();
    coverage.forEach((name, count) -> {
      judge(name, count, !isExcused(name), complaints);
    });
    return complaints;
  }

  private static void judge(String name, long count, boolean wanted, List<String> complaints) {
    if (NEVER.contains(name)) {
      if (count > 0) {
        complaints.add("%s occurred %d times and never may".formatted(name, count));
      }
    } else if (count == 0 && wanted) {
      complaints.add(name + " did not occur");
    }
  }

  private static boolean isExcused(String name) {
    return GARBAGE_ONLY.contains(name) || ELSEWHERE.contains(name);
  }
}
