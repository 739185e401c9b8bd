package io.myrixen.conformance.violation;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All violations there are, and which cases none can show to work. */
public final class Violations {

  private static final List<Violation> ALL =
      Stream.of(
              OpenViolations.violations(),
              NameViolations.violations(),
              ConnectViolations.violations(),
              SendViolations.violations(),
              StatusViolations.violations(),
              MatchViolations.violations(),
              CompletionViolations.violations(),
              LookingViolations.violations(),
              TakingViolations.violations(),
              PartnerViolations.violations(),
              HandlerViolations.violations(),
              InHandlerViolations.violations(),
              ContextViolations.violations(),
              ProgressViolations.violations(),
              WaitViolations.violations(),
              ErrorViolations.violations(),
              InfoViolations.violations())
          .flatMap(List::stream)
          .toList();

  private static final Map<String, String> IMPOSSIBLE =
      Map.of(
          "open-bad-option-is-bad-param-val",
          "options are refused when they are made, before any board has been asked",
          "codes-have-the-numbers-of-mx",
          "codes are constants of the API, in which no board has a say");

  private Violations() {}

  /** Every violation; names are unique. */
  public static List<Violation> all() {
    return ALL;
  }

  /** For each case that no violation can be caught by, by its name, why that is so. */
  public static Map<String, String> impossible() {
    return IMPOSSIBLE;
  }
}
