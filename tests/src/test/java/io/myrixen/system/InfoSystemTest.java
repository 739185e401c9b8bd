package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What others can see of a running system. */
@Timeout(300)
final class InfoSystemTest {

  @TempDir private Path logs = Path.of("");

  private CommandRun startVm(RunningSystem system, String name, int boards) throws Exception {
    var arguments =
        new ArrayList<>(
            List.of(
                "vm",
                "--run-dir",
                system.runDirectory().toString(),
                "--name",
                name,
                "--boards",
                Integer.toString(boards),
                "--"));
    arguments.addAll(UserPrograms.waiting(logs));
    return CommandRun.start(logs, arguments.toArray(String[]::new)).awaitOutput("waiting");
  }

  @Test
  void shouldShowBoardsEndpointsAndPeers() throws Exception {
    try (RunningSystem system = RunningSystem.start(logs)) {
      try (CommandRun alice = startVm(system, "alice", 2);
          CommandRun bob = startVm(system, "bob", 1);
          CommandRun info =
              CommandRun.start(
                  logs, "info", "--run-dir", system.runDirectory().toString(), "--json")) {
        assertEquals(0, info.awaitExit(), info::err);
        String text = info.out();
        for (String hostname : List.of("alice:0", "alice:1", "bob:0")) {
          assertTrue(text.contains(hostname), text);
        }
        String json = DemoSystemTest.lastLine(text);
        assertEquals("[5]", DemoSystemTest.value(json, "endpoints"));
        assertEquals("\"connected\"", DemoSystemTest.value(json, "state"));
        assertEquals(128 + 15, alice.terminate());
        assertEquals(128 + 15, bob.terminate());
      }
      system.awaitNoTraceOfVms();
      system.endCleanly();
    }
  }

  @Test
  void shouldOpenItsStoreToXensOwnTools() throws Exception {
    Path tool =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, "xenstore-ls"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(tool != null, "xenstore-ls is not installed (Debian: xenstore-utils)");
    try (RunningSystem system = RunningSystem.start(logs)) {
      try (CommandRun vm = startVm(system, "alice", 1)) {
        var builder = new ProcessBuilder(String.valueOf(tool), "-f");
        builder
            .environment()
            .put("XENSTORED_PATH", system.runDirectory().resolve("toolstack").toString());
        Process ls = builder.redirectErrorStream(true).start();
        String text = new String(ls.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertEquals(0, ls.waitFor(), text);
        assertTrue(text.contains("/local/domain/2/device/mx/0/state = \"4\""), text);
        assertTrue(text.contains("/local/domain/1/backend/mx/2/0/state = \"4\""), text);
        vm.terminate();
      }
      system.awaitNoTraceOfVms();
      system.endCleanly();
    }
  }
}
