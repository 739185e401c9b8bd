package io.myrixen.conformance.cases;

import io.myrixen.conformance.kit.ConformanceCase;
import java.util.List;
import java.util.stream.Stream;

/** All cases, in the order of the facts about MX as far as that reads well. */
public final class Cases {

  private static final List<ConformanceCase> ALL =
      Stream.of(
              OpenCases.cases(),
              NameCases.cases(),
              ConnectCases.cases(),
              RefusedConnectCases.cases(),
              ContentCases.cases(),
              SendCases.cases(),
              StatusCases.cases(),
              TruncationCases.cases(),
              SegmentCases.cases(),
              MatchCases.cases(),
              CompletionCases.cases(),
              PeekCases.cases(),
              ProbeCases.cases(),
              BufferedCases.cases(),
              CancelCases.cases(),
              AddressCases.cases(),
              RestartCases.cases(),
              HandlerCases.cases(),
              InHandlerCases.cases(),
              ContextIdCases.cases(),
              ProgressCases.cases(),
              WakeUpCases.cases(),
              ThreadCases.cases(),
              ProgramCases.cases(),
              ErrorCases.cases(),
              TimeoutCases.cases(),
              InfoCases.cases())
          .flatMap(List::stream)
          .toList();

  private Cases() {}

  /** Every case; names are unique. */
  public static List<ConformanceCase> all() {
    return ALL;
  }
}
