package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code myrixen xenstore} and the hypervisor as processes. */
@Timeout(300)
final class XenStoreCommandSystemTest {

  @TempDir private Path logs = Path.of("");

  private CommandRun command(String name, String... arguments) throws Exception {
    var words = new ArrayList<>(List.of("xenstore", name));
    words.addAll(List.of("--run-dir", logs.resolve("run").toString()));
    words.addAll(List.of(arguments));
    return CommandRun.start(logs, words.toArray(String[]::new));
  }

  @Test
  void shouldWatchWhatAnotherWritesUntilTheHypervisorGoes() throws Exception {
    Path run = logs.resolve("run");
    try (CommandRun hypervisor =
        CommandRun.start(logs, "hypervisor", "--run-dir", run.toString())) {
      hypervisor.awaitOutput("XENSTORED_PATH=" + run.resolve("toolstack") + "\n");
      try (CommandRun some = command("watch", "-n", "2", "/t");
          CommandRun all = command("watch", "/t")) {
        some.awaitOutput("/t\n");
        all.awaitOutput("/t\n");
        try (CommandRun write = command("write", "/t/a", "x\\ty", "/t/b", "")) {
          assertEquals(0, write.awaitExit(), write::err);
        }
        assertEquals(0, some.awaitExit(), some::err);
        assertEquals("/t\n/t/a\n", some.out());
        try (CommandRun ls = command("ls", "/t")) {
          assertEquals(0, ls.awaitExit(), ls::err);
          assertEquals("a = \"x\\ty\"\nb = \"\"\n", ls.out());
        }
        try (CommandRun exists = command("exists", "/t/a", "/t/none")) {
          assertEquals(1, exists.awaitExit());
          assertEquals("", exists.out() + exists.err());
        }
        all.awaitOutput("/t/b\n");
        assertEquals(0, hypervisor.terminate());
        assertEquals("", hypervisor.err());
        assertEquals(3, all.awaitExit());
        assertTrue(all.err().contains("the hypervisor is gone"), all::err);
      }
    }
    RunningSystem.assertNothingLeft(run);
  }
}
