package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.process.BoardWay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the benchmark writes, not what it measures: here others work on the machine. */
@Timeout(300)
final class BenchSystemTest {

  @TempDir private Path logs = Path.of("");

  @Test
  void shouldWriteFiguresOfEveryImplementation() throws Exception {
    Path run = logs.resolve("run");
    Path json = logs.resolve("figures.json");
    Path html = logs.resolve("page.html");
    try (CommandRun bench =
        CommandRun.start(
            logs,
            "bench",
            "nic",
            "--quick",
            "--rounds",
            "1",
            "--run-dir",
            run.toString(),
            "--json",
            json.toString(),
            "--html",
            html.toString())) {
      int code = bench.awaitExit();
      assertEquals("", bench.err());
      String out = bench.out();
      assertEquals(out.contains("\nFAILS ") ? 1 : 0, code, out);
      assertTrue(out.contains("8-byte round trip of vm"), out);

      String figures = Files.readString(json);
      assertTrue(figures.contains("\"command\":\"./myrixen bench nic --quick"), figures);
      int dropped = Integer.parseInt(DemoSystemTest.value(figures, "dropped"));
      for (String implementation : implementations()) {
        boolean there = figures.contains("{\"impl\":\"" + implementation + "\",\"metric\":");
        assertTrue(there || dropped > 0, () -> implementation + " is missing in " + figures);
      }
      assertTrue(Files.readString(html).endsWith("</html>\n"));
    }
    RunningSystem.assertNothingLeft(run);
  }

  @Test
  void shouldMeasureMatchingWhetherOrNotThereIsAnMpiLibrary() throws Exception {
    Path json = logs.resolve("match.json");
    try (CommandRun bench =
        CommandRun.start(
            logs, "bench", "match", "--quick", "--rounds", "1", "--json", json.toString())) {
      int code = bench.awaitExit();
      String out = bench.out();
      assertEquals(out.contains("\nFAILS ") ? 1 : 0, code, () -> out + bench.err());

      String figures = Files.readString(json);
      for (String impl : List.of("self", "nic")) {
        for (String pattern : List.of("posted", "posted_any", "unexpected", "wildcard", "masks")) {
          String row =
              "{\"impl\":\"%s\",\"metric\":\"match_%s_ns\",\"size\":8,\"depth\":10000,"
                  .formatted(impl, pattern);
          assertTrue(figures.contains(row), () -> row + " is missing in " + figures);
        }
      }
      for (String library : List.of("mpich", "openmpi")) {
        boolean measured = figures.contains("{\"impl\":\"" + library + "\"");
        assertEquals(!measured, out.contains("\n" + library + " was not measured"), out);
      }
    }
  }

  private static List<String> implementations() {
    return Stream.concat(
            Stream.of("relay", "relay-1", "relay-10", "relay-30", "relay-100"),
            Stream.of(BoardWay.values()).map(BoardWay::toString))
        .toList();
  }
}
