package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.myrixen.xen.XenStore;
import io.myrixen.xen.host.HostToolstack;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Xen's own command-line tools, unmodified, on our store. */
@Timeout(300)
final class XenStoreUtilsTest {

  @TempDir private Path logs = Path.of("");
  private @Nullable RunningSystem system;

  @BeforeEach
  void start() throws Exception {
    boolean installed =
        Stream.of("ls", "read", "write", "list", "exists", "chmod", "rm", "watch")
            .allMatch(name -> executable("xenstore-" + name));
    assumeTrue(installed, "Xen's tools are not installed (Debian: apt install xenstore-utils)");
    system = RunningSystem.start(logs);
  }

  private static boolean executable(String tool) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  @AfterEach
  void shouldLeaveNothing() throws Exception {
    if (system != null) {
      try (RunningSystem ending = system) {
        ending.endCleanly();
      }
    }
  }

  private RunningSystem system() {
    return Objects.requireNonNull(system);
  }

  private ProcessBuilder tool(String name, String... arguments) {
    var command = new ArrayList<>(List.of("xenstore-" + name));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .put("XENSTORED_PATH", system().runDirectory().resolve("toolstack").toString());
    return builder;
  }

  private void expect(int exitCode, String output, String name, String... arguments)
      throws Exception {
    Process process = tool(name, arguments).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertEquals(exitCode, process.waitFor(), said);
    assertEquals(output, said);
  }

  @Test
  void shouldServeEachOfThem() throws Exception {
    writeAndLookWhileWatched();
    listWhatFillsManyMessages();
    lookAtARunningVm();
  }

  private void writeAndLookWhileWatched() throws Exception {
    Process watch = tool("watch", "-n", "3", "/t", "/t/a").start();
    BufferedReader events = watch.inputReader(StandardCharsets.ISO_8859_1);
    // The events that come at once: from then on it watches.
    assertEquals("/t", events.readLine());
    assertEquals("/t/a", events.readLine());
    expect(0, "", "write", "/t/a", "1", "/t/b/c", "x\\ty");
    assertEquals("/t/a", events.readLine());
    assertTrue(watch.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, watch.exitValue());

    expect(0, "1\nx\\ty\n", "read", "/t/a", "/t/b/c");
    expect(1, "xenstore-read: couldn't read path /t/none\n", "read", "/t/none");
    expect(0, "a\nb\n", "list", "/t");
    expect(0, "", "chmod", "-r", "/t", "n0", "r1");
    String nodes = "/t/a = \"1\"   (n0,r1)\n/t/b = \"\"   (n0,r1)\n/t/b/c = \"x\\ty\"   (n0,r1)\n";
    expect(0, nodes, "ls", "-f", "-p", "/t");
    expect(0, "", "exists", "/t/b/c");
    expect(0, "", "rm", "-t", "/t/b/c");
    expect(1, "", "exists", "/t/b");
    expect(0, "", "rm", "/t");
    expect(1, "", "exists", "/t");
  }

  private void listWhatFillsManyMessages() throws Exception {
    var names = new StringBuilder();
    try (HostToolstack toolstack = HostToolstack.connect(system().runDirectory());
        XenStore store = toolstack.openStore()) {
      for (int i = 0; i < 1_000; i++) {
        store.write("/many/node-" + i, "");
        names.append("node-").append(i).append('\n');
      }
    }
    expect(0, names.toString(), "list", "/many");
    expect(0, "", "rm", "/many");
  }

  private void lookAtARunningVm() throws Exception {
    var arguments = new ArrayList<>(List.of("vm", "--run-dir"));
    arguments.addAll(List.of(system().runDirectory().toString(), "--name", "alice", "--"));
    arguments.addAll(UserPrograms.waiting(logs));
    try (CommandRun vm = CommandRun.start(logs, arguments.toArray(String[]::new))) {
      vm.awaitOutput("waiting");
      expect(0, "4\n", "read", "/local/domain/2/device/mx/0/state");
      expect(0, "4\n", "read", "/local/domain/1/backend/mx/2/0/state");
      vm.terminate();
    }
    system().awaitNoTrace();
  }
}
