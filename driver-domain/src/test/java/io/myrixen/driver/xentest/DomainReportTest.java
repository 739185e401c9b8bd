package io.myrixen.driver.xentest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.xentest.Outcome.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DomainReportTest {

  private static final List<Step> PLAN = List.of(Step.DOMAINS, Step.ATTACH);

  private final DomainReport report = new DomainReport(PLAN, _ -> {});

  private XenTestResult result() {
    return new XenTestResult(report.outcomes(), report.complete(), Path.of("logs"));
  }

  private void says(String... lines) {
    for (String line : lines) {
      report.line(line);
    }
  }

  @Test
  void shouldTellThatAllWentWell() throws InterruptedException {
    says("@ up 5.1", "@ begin domains", "@ pass domains 12", "@ begin attach", "@ pass attach 3 ");
    assertFalse(result().good());
    says("@ end");

    assertTrue(report.await(Duration.ZERO));
    assertTrue(result().good());
    assertTrue(result().text().endsWith("2 passed, 0 failed, 0 not run\n"), result().text());
  }

  @Test
  void shouldTellWhyAStepFailed() {
    says("@ up", "@ begin domains", "@ fail domains 7 bob does not boot (waited 120 s)", "@ end");

    Outcome domains = report.outcomes().getFirst();
    assertEquals(
        new Outcome(Step.DOMAINS, Verdict.FAILED, 7, "bob does not boot (waited 120 s)"), domains);
    assertTrue(result().text().endsWith("0 passed, 1 failed, 1 not run\n"), result().text());
    assertFalse(result().good());
  }

  @Test
  void shouldHoldAStepThatWasNotEndedForFailed() {
    says("@ up", "@ begin domains");
    report.stop();

    assertEquals(Verdict.FAILED, report.outcomes().getFirst().verdict());
    assertEquals(Verdict.NOT_RUN, report.outcomes().getLast().verdict());
  }

  @Test
  void shouldNotBelieveLinesThatDoNotFit() {
    says(
        "noise",
        "@",
        "@ ",
        "@ pass domains 1",
        "@ begin nothing",
        "@ pass nothing 1",
        "@ begin attach",
        "@ pass domains 5",
        "@ pass",
        "@ fail attach x y");

    List<Outcome> outcomes = report.outcomes();
    assertEquals(Verdict.NOT_RUN, outcomes.getFirst().verdict());
    assertEquals(new Outcome(Step.ATTACH, Verdict.FAILED, 0, "y"), outcomes.getLast());
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveAScriptForEachStep(Step step) {
    assertNotNull(Step.class.getResource("steps/" + step.label() + ".sh"));
  }
}
