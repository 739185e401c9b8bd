package io.myrixen.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.conformance.kit.CaseFailure;
import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Patience;
import io.myrixen.conformance.report.TableReport;
import io.myrixen.conformance.report.XmlReport;
import io.myrixen.conformance.run.Report;
import io.myrixen.conformance.run.Result;
import io.myrixen.conformance.run.Runner;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What is told of cases that pass, fail and cannot be tried. */
final class ReportsTest {

  private static final List<ConformanceCase> CASES =
      List.of(
          ConformanceCase.of("goes-well", "MX API 1", "All is well.", Paths.EACH, _ -> {}),
          ConformanceCase.of(
              "goes-wrong",
              "MX API 1.2",
              "One is <one> & no more.",
              Paths.SELF,
              _ -> {
                throw new CaseFailure("expected 1, got \u0001<2>");
              }),
          ConformanceCase.ofThreads(
              "takes-threads", "MX API 1", "Threads wait.", Paths.ONCE, _ -> {}));

  private final List<Result> told = new ArrayList<>();

  private Report run() {
    try (var boards = new Simulated()) {
      return new Runner(boards.subject(), new Patience(1)).run(CASES, told::add);
    }
  }

  @Test
  void shouldCountAndTellEachAsItComes() {
    Report report = run();

    assertEquals(4, report.passed());
    assertEquals(1, report.failed());
    assertEquals(1, report.notApplicable());
    assertEquals(report.results(), told);
  }

  @Test
  void shouldShowALineForEachCase() {
    assertEquals(
        """
        section     case           self    same board  same NIC  other NIC
        MX API 1    goes-well      pass    pass        pass      pass
        MX API 1.2  goes-wrong     FAIL
        MX API 1    takes-threads          n/a

        FAIL goes-wrong [self] (MX API 1.2)
          promised: One is <one> & no more.
          expected 1, got \u0001<2>

        1 n/a: takes several threads, and simulated boards has one
        4 passed, 1 failed
        """,
        TableReport.of(run()));
  }

  @Test
  void shouldWriteXmlThatBuildServersRead() throws Exception {
    var out = new StringWriter();
    XmlReport.write(run(), out);

    Element suite =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(out.toString())))
            .getDocumentElement();
    assertEquals("6", suite.getAttribute("tests"));
    assertEquals("1", suite.getAttribute("failures"));
    assertEquals("1", suite.getAttribute("skipped"));
    assertEquals(6, suite.getElementsByTagName("testcase").getLength());
    var failure = (Element) suite.getElementsByTagName("failure").item(0);
    assertEquals("expected 1, got ?<2>", failure.getAttribute("message"));
    assertTrue(failure.getTextContent().contains("ReportsTest"), failure::getTextContent);
  }
}
