package io.myrixen.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.conformance.cases.Cases;
import io.myrixen.conformance.kit.ConformanceCase;
import org.junit.jupiter.api.Test;

/** Each case can be found, and says where it comes from. */
final class CasesTest {

  @Test
  void shouldHaveNamesOfTheirOwn() {
    long names = Cases.all().stream().map(ConformanceCase::name).distinct().count();
    assertEquals(Cases.all().size(), names);
  }

  @Test
  void shouldBeInOneForm() {
    for (ConformanceCase each : Cases.all()) {
      assertTrue(each.name().matches("[a-z0-9]+(-[a-z0-9]+)+"), each::name);
      assertTrue(
          each.section()
              .matches("MX (API|clients|defects|driver|wire) \\d[\\d.]*|(Open-)?MX test \\w+"),
          each::section);
      assertTrue(each.rule().matches("[A-Z].*\\."), each::rule);
    }
  }
}
