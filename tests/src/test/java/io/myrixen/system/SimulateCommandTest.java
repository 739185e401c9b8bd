package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code simulate}: last lines and exit codes. */
@Timeout(300)
final class SimulateCommandTest {

  @TempDir private Path logs = Path.of("");

  private String run(int exitCode, String... arguments) throws Exception {
    try (CommandRun command = CommandRun.start(logs, arguments)) {
      assertEquals(exitCode, command.awaitExit(), () -> command.out() + command.err());
      assertEquals("", command.err());
      return command.out();
    }
  }

  @Test
  void shouldTellHowManySeedsPassed() throws Exception {
    String out = run(0, "simulate", "faults", "--seeds", "2", "--first", "11");

    assertEquals("2 seeds passed: 11 to 12", DemoSystemTest.lastLine(out));
  }

  @Test
  void shouldNameTheSeedThatFindsADefectAndHowToSeeItAgain() throws Exception {
    String out =
        run(1, "simulate", "faults", "--seeds", "9", "--first", "1", "--sabotage", "never-resend");

    String again = DemoSystemTest.lastLine(out);
    assertTrue(
        again.matches(
            "again: ./myrixen simulate faults --seeds 1 --first [1-9] --sabotage never-resend"),
        out);
    String seed = again.replaceAll(".*--first ([0-9]+).*", "$1");
    assertTrue(out.contains("seed " + seed + " failed: "), out);
  }
}
