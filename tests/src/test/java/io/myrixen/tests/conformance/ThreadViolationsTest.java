package io.myrixen.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.conformance.cases.Cases;
import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Patience;
import io.myrixen.conformance.run.Report;
import io.myrixen.conformance.run.Runner;
import io.myrixen.conformance.subject.Subject;
import io.myrixen.conformance.violation.Violation;
import io.myrixen.conformance.violation.Violations;
import io.myrixen.embedded.Vm;
import io.myrixen.junit.MyriXenTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cases that take threads find boards out that break their promise. */
@MyriXenTest
@Timeout(120)
class ThreadViolationsTest {

  /** What a wake-up that does not come is waited for: the only waiting in vain here. */
  private static final Patience PATIENCE = new Patience(500);

  static Stream<Violation> violations() {
    return Violations.all().stream()
        .filter(violation -> casesOf(violation).anyMatch(ConformanceCase::threads));
  }

  private static Stream<ConformanceCase> casesOf(Violation violation) {
    return Cases.all().stream().filter(each -> violation.caughtBy().contains(each.name()));
  }

  @ParameterizedTest
  @MethodSource("violations")
  void shouldBeCaughtByEachCaseItNames(Violation violation, Vm alice, Vm bob) {
    Subject subject = violation.committedBy(Subject.of("VMs", alice.mx(), bob.mx(), null, true));
    for (ConformanceCase each : casesOf(violation).filter(ConformanceCase::threads).toList()) {
      Report report = new Runner(subject, PATIENCE).run(List.of(each), _ -> {});
      assertTrue(report.failed() > 0, () -> "not caught by " + each);
    }
  }
}
