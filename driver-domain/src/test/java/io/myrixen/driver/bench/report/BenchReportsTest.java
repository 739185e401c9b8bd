package io.myrixen.driver.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

final class BenchReportsTest {

  @Test
  void shouldWriteRowsAsEveryBenchmarkDoes() {
    String json = BenchJson.of(SampleResult.of());
    assertTrue(
        json.startsWith(
            "{\"machine\":{\"cores\":2,\"cpu\":\"A <fast> & \\\"good\\\" one\","
                + "\"kernel\":\"Linux 6\",\"jdk\":\"25\"},\"commit\":\"0123abc\","
                + "\"command\":\"./myrixen bench nic --json a&b.json\","),
        json);
    assertTrue(
        json.contains(
            "{\"impl\":\"vm\",\"metric\":\"rtt_p50_us\",\"size\":8,\"value\":28.1,"
                + "\"calibrationNs\":110,\"runs\":3,\"min\":27.2,\"max\":28.8}"),
        json);
    assertTrue(
        json.contains("{\"impl\":\"relay\",\"metric\":\"rtt_p50_us\",\"size\":8,\"value\":22.4,"),
        json);
    assertTrue(json.contains("\"confidence\":0.75,\"pairs\":3}"), json);
    assertTrue(json.contains("\"verdicts\":[{\"bar\":\"vm within 5 % of native"), json);
  }

  @Test
  void shouldWriteAPageThatNeedsNothingElse() throws Exception {
    String page = BenchPage.of(SampleResult.of());
    assertFalse(page.contains("http"), "it refers to something elsewhere");
    assertFalse(page.contains("<script"), "it runs something");
    assertTrue(page.contains("A &lt;fast&gt; &amp; &quot;good&quot; one"), page);
    assertTrue(page.contains("prefers-color-scheme: dark"), page);
    Matcher drawings = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
    int count = 0;
    while (drawings.find()) {
      count++;
      var bytes = new ByteArrayInputStream(drawings.group().getBytes(UTF_8));
      DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(bytes);
      assertFalse(drawings.group().contains("NaN"), drawings.group());
    }
    assertEquals(1 + 3, count, "one metric of several sizes, and three pairs");
  }

  @Test
  void shouldSayForPeopleWhatMatters() {
    String text = BenchText.of(SampleResult.of());
    assertTrue(text.contains("holds  8-byte round trip of vm"), text);
    assertTrue(text.contains("as relayed / vm: round trip, median at 8 B 10.0, "), text);
    assertTrue(text.contains("25 % of a processor was busy"), text);
    assertTrue(text.contains("moved each time: 1"), text);
    assertFalse(text.contains("\n  relay  "), "the best variant would stand there twice");
  }

  @Test
  void shouldShowAsManyDigitsAsDeserved() {
    assertEquals("0.0123", Figures.of(0.01234));
    assertEquals("1.50", Figures.of(1.5));
    assertEquals("12.3", Figures.of(12.34));
    assertEquals("123", Figures.of(123.4));
    assertEquals("12345", Figures.of(12_345));
    assertEquals(1.235, Figures.exact(1.23456));
  }

  private static String labels(LogScale scale) {
    return scale.ticks().stream().map(LogScale::label).collect(Collectors.joining(" "));
  }

  @Test
  void shouldPlaceByOrdersOfMagnitude() {
    var scale = new LogScale(1, 100, 0, 200);
    assertEquals(100, scale.at(10), 1e-9);
    assertEquals(200, scale.at(1_000), 1e-9);
    assertEquals("1 2 5 10 20 50 100", labels(scale));
    assertEquals("0.05 0.1 0.2", labels(new LogScale(0.03, 0.4, 0, 1)));
    assertEquals("0.7 0.8 0.9 1 1.2", labels(new LogScale(0.65, 1.45, 0, 1)));
    assertEquals("0.1 1 10 100 1000", labels(new LogScale(0.05, 2_000, 0, 1)));
  }
}
