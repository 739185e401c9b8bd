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

  private static List<String> implementations() {
    return Stream.concat(
            Stream.of("relay", "relay-1", "relay-10", "relay-30", "relay-100"),
            Stream.of(BoardWay.values()).map(BoardWay::toString))
        .toList();
  }
}
