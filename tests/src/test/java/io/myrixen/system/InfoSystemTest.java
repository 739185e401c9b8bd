package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.board.BoardDriver;
import io.myrixen.netfront.NativeBoards;
import io.myrixen.netfront.NetfrontContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
          BoardDriver carol =
              NativeBoards.attach(
                  system.runDirectory().resolve(NativeBoards.SOCKET),
                  "carol:0",
                  NetfrontContext.fromSystemProperties());
          CommandRun info =
              CommandRun.start(
                  logs, "info", "--run-dir", system.runDirectory().toString(), "--json")) {
        assertEquals(0, info.awaitExit(), info::err);
        String text = info.out();
        for (String hostname : List.of("alice:0", "alice:1", "bob:0", "carol:0")) {
          assertTrue(text.contains(hostname), text);
        }
        String json = DemoSystemTest.lastLine(text);
        assertEquals("[5]", DemoSystemTest.value(json, "endpoints"));
        assertEquals("\"connected\"", DemoSystemTest.value(json, "state"));
        assertTrue(json.contains("\"way\":\"native\",\"state\":\"connected\""), json);
        assertEquals(1, carol.boards().size());
        assertEquals(128 + 15, alice.terminate());
        assertEquals(128 + 15, bob.terminate());
      }
      system.awaitNoTrace();
      system.endCleanly();
    }
  }
}
