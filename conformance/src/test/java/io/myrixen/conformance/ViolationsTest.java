package io.myrixen.conformance;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.conformance.cases.Cases;
import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Patience;
import io.myrixen.conformance.run.Report;
import io.myrixen.conformance.run.Runner;
import io.myrixen.conformance.violation.Violation;
import io.myrixen.conformance.violation.Violations;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Boards that break one promise are found out, each by the cases that it is said to be. Cases that
 * take threads are tried so where there are threads: on the embedded VMs of module tests.
 */
final class ViolationsTest {

  /** Longer than anything takes on boards that keep their promises, on virtual time. */
  private static final Patience PATIENCE = new Patience(300);

  private static final Map<String, ConformanceCase> CASES =
      Cases.all().stream().collect(toMap(ConformanceCase::name, Function.identity()));

  static Stream<Violation> violations() {
    return Violations.all().stream();
  }

  @ParameterizedTest
  @MethodSource("violations")
  void shouldBeCaughtByEachCaseItNames(Violation violation) {
    for (String name : violation.caughtBy()) {
      ConformanceCase each = requireNonNull(CASES.get(name), () -> "there is no case " + name);
      if (each.threads()) {
        continue;
      }
      try (var boards = new Simulated()) {
        Report report =
            new Runner(violation.committedBy(boards.subject()), PATIENCE)
                .run(List.of(each), _ -> {});
        assertTrue(report.failed() > 0, () -> "not caught by " + name);
      }
    }
  }

  @Test
  void shouldLeaveNoCaseWithoutAViolationOrAReason() {
    Set<String> caught =
        Violations.all().stream().flatMap(each -> each.caughtBy().stream()).collect(toSet());
    var without = new TreeSet<>(CASES.keySet());
    without.removeAll(caught);

    assertEquals(new TreeSet<>(Violations.impossible().keySet()), without);
  }

  @Test
  void shouldHaveAtLeastSixtyOfDifferentNames() {
    long names = Violations.all().stream().map(Violation::name).distinct().count();
    assertEquals(Violations.all().size(), names);
    assertTrue(names >= 60, () -> names + " violations");
  }
}
