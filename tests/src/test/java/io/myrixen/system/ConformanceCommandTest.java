package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code conformance}: table, XML, last line, exit code. */
@Timeout(300)
final class ConformanceCommandTest {

  private static final Pattern LAST_LINE = Pattern.compile("([0-9]+) passed, ([0-9]+) failed");

  @TempDir private Path logs = Path.of("");

  private Matcher run(int exitCode, String... options) throws Exception {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "conformance";
    System.arraycopy(options, 0, arguments, 1, options.length);
    try (CommandRun command = CommandRun.start(logs, arguments)) {
      assertEquals(exitCode, command.awaitExit(), () -> command.out() + command.err());
      assertEquals("", command.err());
      Matcher last = LAST_LINE.matcher(DemoSystemTest.lastLine(command.out()));
      assertTrue(last.matches(), command.out());
      return last;
    }
  }

  @Test
  void shouldTellWhatWasKeptInATableAndInXml() throws Exception {
    Path xml = logs.resolve("results.xml");
    Matcher last = run(0, "--board", "vm", "--cases", "probe-.*", "--xml", xml.toString());

    int passed = Integer.parseInt(last.group(1));
    assertTrue(passed >= 10, last.group());
    assertEquals("0", last.group(2));
    String results = Files.readString(xml);
    assertEquals(passed, results.split("<testcase ", -1).length - 1, results);
    assertTrue(results.contains("failures=\"0\""), results);
  }

  @Test
  void shouldEndWithOneWhereAPromiseIsBroken() throws Exception {
    Matcher last =
        run(
            1,
            "--board",
            "simulated",
            "--cases",
            "probe-.*",
            "--violate",
            "probe-tells-no-transfer-length");

    assertTrue(Integer.parseInt(last.group(2)) > 0, last.group());
  }
}
