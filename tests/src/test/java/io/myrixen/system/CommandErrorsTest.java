package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class CommandErrorsTest {

  @TempDir private Path logs = Path.of("");

  private void expect(int exitCode, String message, String... arguments) throws Exception {
    try (CommandRun run = CommandRun.start(logs, arguments)) {
      assertEquals(exitCode, run.awaitExit(), () -> run.out() + run.err());
      List<String> lines = run.err().lines().toList();
      assertEquals(1, lines.size(), run::err);
      assertTrue(lines.getFirst().contains(message), run::err);
    }
  }

  @Test
  void shouldSayHowToStartAHypervisorWhenNoneRuns() throws Exception {
    String run = logs.resolve("nothing").toString();
    String how = "myrixen hypervisor --run-dir " + run;
    expect(3, how, "driver-domain", "--run-dir", run);
    expect(3, how, "vm", "--run-dir", run, "--name", "a", "--", "Main");
    expect(3, how, "info", "--run-dir", run);
  }

  @Test
  void shouldTellAStaleSocketFromALivingHypervisorAndReplaceIt() throws Exception {
    Path run = Files.createDirectory(logs.resolve("run"));
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(run.resolve("toolstack")));
    }
    expect(3, "no hypervisor at", "info", "--run-dir", run.toString());
    try (CommandRun hypervisor =
        CommandRun.start(logs, "hypervisor", "--run-dir", run.toString())) {
      hypervisor.awaitOutput("XENSTORED_PATH=" + run.resolve("toolstack"));
      assertEquals(0, hypervisor.terminate());
    }
    RunningSystem.assertNothingLeft(run);
  }

  @Test
  void shouldRefuseASecondOneOfEverything() throws Exception {
    try (RunningSystem system = RunningSystem.start(logs)) {
      String run = system.runDirectory().toString();
      expect(2, "a hypervisor runs in", "hypervisor", "--run-dir", run);
      expect(2, "there is a driver domain", "driver-domain", "--run-dir", run);
      var arguments = new ArrayList<>(List.of("vm", "--run-dir", run, "--name", "alice", "--"));
      arguments.addAll(UserPrograms.waiting(logs));
      try (CommandRun vm = CommandRun.start(logs, arguments.toArray(String[]::new))) {
        vm.awaitOutput("waiting");
        expect(2, "has that name already", "vm", "--run-dir", run, "--name", "alice", "--", "Main");
        assertEquals(128 + 15, vm.terminate());
      }
      system.awaitNoTrace();
      system.endCleanly();
    }
  }

  @Test
  void shouldNameWhatIsWrongInAnOption() throws Exception {
    expect(2, "--vms must be 2 to 64: 1", "demo", "--vms", "1");
    expect(2, "/no/such/file", "demo", "--file", "/no/such/file");
    expect(2, "--sizes must be 0 to 16777216: -1", "pingpong", "--sizes", "-1");
    expect(2, "--boards must be 1 to 8: 9", "vm", "--name", "a", "--boards", "9", "--", "Main");
    expect(2, "--name must be", "vm", "--name", "a b", "--", "Main");
    expect(2, "--rounds must be 1 to 1000: 0", "bench", "nic", "--rounds", "0");
    expect(2, "cannot write /no/such/file", "bench", "nic", "--json", "/no/such/file");
    expect(2, "Unknown option: '--frobnicate'", "info", "--frobnicate");
  }

  @Test
  void shouldGoOnWithoutADriverDomainThatWasKilled() throws Exception {
    try (RunningSystem system = RunningSystem.start(logs)) {
      String run = system.runDirectory().toString();
      system.driverDomain().process().destroyForcibly().waitFor();
      expect(3, "no driver domain in", "vm", "--run-dir", run, "--name", "a", "--", "Main");
      try (CommandRun next = CommandRun.start(logs, "driver-domain", "--run-dir", run)) {
        next.awaitOutput("driver domain is domain 2");
        assertEquals(0, next.terminate());
      }
      assertEquals(0, system.hypervisor().terminate());
      RunningSystem.assertNothingLeft(system.runDirectory());
    }
  }

  @Test
  void shouldLeaveNothingWhicheverServiceEndsFirst() throws Exception {
    try (RunningSystem system = RunningSystem.start(logs)) {
      assertEquals(0, system.hypervisor().terminate());
      assertEquals(1, system.driverDomain().awaitExit());
      assertTrue(system.driverDomain().err().contains("the hypervisor is gone"));
      RunningSystem.assertNothingLeft(system.runDirectory());
    }
    try (RunningSystem system = RunningSystem.start(logs)) {
      system.driverDomain().process().destroyForcibly().waitFor();
      assertEquals(0, system.hypervisor().terminate());
      RunningSystem.assertNothingLeft(system.runDirectory());
    }
  }
}
