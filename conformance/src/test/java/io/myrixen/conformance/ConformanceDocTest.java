package io.myrixen.conformance;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.myrixen.conformance.cases.Cases;
import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.violation.Violation;
import io.myrixen.conformance.violation.Violations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/conformance.md has a row for each case: its rule, and the violations it has caught. */
final class ConformanceDocTest {

  private static final Path DOC = Path.of("..", "docs", "conformance.md");
  private static final String HEAD =
      "| section | case | rule | violations it catches |\n|---|---|---|---|\n";

  @Test
  void shouldListEveryCaseAndNoOther() throws IOException {
    String doc = Files.readString(DOC);
    int begin = doc.indexOf(HEAD) + HEAD.length();
    String table = doc.substring(begin, doc.indexOf("\n\n", begin) + 1);

    assertEquals(Cases.all().stream().map(ConformanceDocTest::row).collect(joining()), table);
  }

  private static String row(ConformanceCase each) {
    String violations =
        Violations.all().stream()
            .filter(violation -> violation.caughtBy().contains(each.name()))
            .map(Violation::name)
            .collect(joining(", "));
    String reason = Violations.impossible().get(each.name());
    return "| %s | `%s` | %s | %s |%n"
        .formatted(
            each.section(),
            each.name(),
            each.threads() ? each.rule() + " (threads)" : each.rule(),
            reason == null ? violations : "none: " + reason);
  }
}
