package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.process.BoardWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
final class DemoSystemTest {

  @TempDir private Path logs = Path.of("");

  @Test
  void shouldVerifyEveryMessageAndTouchNothingButTheWindows() throws Exception {
    Path run = logs.resolve("run");
    try (CommandRun demo = demo(run, 3)) {
      assertEquals(0, demo.awaitExit(), () -> demo.out() + demo.err());
      String json = lastLine(demo.out());
      assertEquals("3", value(json, "vms"));
      assertEquals(Integer.toString(6 * 192), value(json, "messages"));
      assertEquals("0", value(json, "corrupt"));
      assertEquals("0", value(json, "lost"));
      assertEquals("true", value(json, "sha256Ok"));
      assertEquals("0", value(json, "controlRequests"));
      assertEquals("0", value(json, "grantOperations"));
      assertEquals("0", value(json, "storeOperations"));
      assertTrue(Long.parseLong(value(json, "notifications")) > 0, json);
      assertEquals("", demo.err());
    }
    RunningSystem.assertNothingLeft(run);
  }

  @Test
  void shouldRunSideBySideInTwoDirectories() throws Exception {
    Path first = logs.resolve("first");
    Path second = logs.resolve("second");
    try (CommandRun one = demo(first, 2);
        CommandRun other = demo(second, 2)) {
      assertEquals(0, one.awaitExit(), () -> one.out() + one.err());
      assertEquals(0, other.awaitExit(), () -> other.out() + other.err());
    }
    RunningSystem.assertNothingLeft(first);
    RunningSystem.assertNothingLeft(second);
  }

  @ParameterizedTest
  @EnumSource
  void shouldHarmNobodyElseWhenOneIsKilledWhileItSends(BoardWay way) throws Exception {
    try (RunningSystem system = RunningSystem.start(logs)) {
      try (CommandRun demo = demo(system.runDirectory(), 4, "--board", way.toString())) {
        demo.awaitOutput("exchanging");
        List<ProcessHandle> guests = demo.children("io.myrixen.driver.guest.Guest");
        assertEquals(4, guests.size());
        guests.get(2).destroyForcibly();

        assertEquals(0, demo.awaitExit(), () -> demo.out() + demo.err());
        String json = lastLine(demo.out());
        assertEquals("0", value(json, "corrupt"));
        assertEquals("0", value(json, "lost"));
        assertEquals("true", value(json, "sha256Ok"));
        assertTrue(json.contains("\"died\":[\"vm"), json);
      }
      system.awaitNoTrace();
      system.endCleanly();
    }
  }

  @Test
  void shouldTakeEverythingAlongWhenItIsTerminated() throws Exception {
    Path run = logs.resolve("run");
    try (CommandRun demo = demo(run, 3)) {
      demo.awaitOutput("exchanging");
      int code = demo.terminate();
      assertEquals(128 + 15, code);
      assertFalse(demo.out().contains("WRONG"), demo.out());
    }
    RunningSystem.assertNothingLeft(run);
  }

  private CommandRun demo(Path run, int vms, String... more) throws IOException {
    Path file = logs.resolve("file-to-move");
    if (!Files.exists(file)) {
      byte[] content = new byte[20_000_003];
      new SplittableRandom(7).nextBytes(content);
      Files.write(file, content);
    }
    var arguments = new ArrayList<>(List.of("demo", "--json", "--vms", Integer.toString(vms)));
    arguments.addAll(List.of("--run-dir", run.toString(), "--file", file.toString()));
    arguments.addAll(List.of(more));
    return CommandRun.start(logs, arguments.toArray(String[]::new));
  }

  static String lastLine(String text) {
    return text.lines().reduce("", (_, line) -> line);
  }

  /** The first value that goes by {@code key} in {@code json}. */
  static String value(String json, String key) {
    Matcher matcher = Pattern.compile("\"" + key + "\":([^,}]+)").matcher(json);
    assertTrue(matcher.find(), () -> key + " is missing in " + json);
    return matcher.group(1);
  }
}
