package io.myrixen.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.process.VmDomain;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.netfront.VmBoards;
import io.myrixen.xen.host.HostDomain;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a system in which two VMs have exchanged a few messages. */
@Timeout(300)
final class OperationsTest {

  private static final int KEY = 7;

  @TempDir private Path logs = Path.of("");

  /** A VM whose process is this one, with an endpoint open. */
  private record Vm(VmDomain vm, HostDomain domain, Mx mx, Endpoint endpoint)
      implements AutoCloseable {

    static Vm start(RunningSystem system, String name, int endpointId) {
      VmDomain vm = VmDomain.create(system.runDirectory(), name, 1);
      String token = Objects.requireNonNull(vm.environment().get(VmDomain.TOKEN_VARIABLE));
      HostDomain domain = HostDomain.attach(Path.of(token));
      Mx mx = Mx.init(VmBoards.attach(domain));
      return new Vm(vm, domain, mx, mx.openEndpoint(0, endpointId, KEY));
    }

    @Override
    public void close() {
      mx.close();
      domain.close();
      vm.close();
    }
  }

  /** Sends three messages of 8 bytes, of which {@code to} has taken two. */
  private static void exchange(Vm from, Vm to) {
    EndpointAddress address =
        from.endpoint()
            .connectWhenOpen(
                to.endpoint().board().nicId(), to.endpoint().id(), KEY, Duration.ofSeconds(30));
    MemorySegment memory = MemorySegment.ofArray(new byte[8]);
    Status status = new Status();
    Request request = from.endpoint().newRequest();
    Request receive = to.endpoint().newRequest();
    for (int i = 0; i < 3; i++) {
      from.endpoint().isend(memory, address, 40 + i, request);
      assertTrue(from.endpoint().await(request, status));
    }
    for (int i = 0; i < 2; i++) {
      to.endpoint().irecv(memory, 40 + i, Mx.MATCH_EXACT, receive);
      assertTrue(to.endpoint().await(receive, status));
    }
  }

  private String run(RunningSystem system, int exitCode, String... command) throws Exception {
    var arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--run-dir", system.runDirectory().toString()));
    try (CommandRun run = CommandRun.start(logs, arguments.toArray(String[]::new))) {
      assertEquals(exitCode, run.awaitExit(), () -> run.out() + run.err());
      return run.out() + run.err();
    }
  }

  @Test
  void shouldShowCountersAndStatusOfARunningSystem() throws Exception {
    try (RunningSystem system = RunningSystem.start(logs)) {
      try (Vm alice = Vm.start(system, "alice", 1);
          Vm bob = Vm.start(system, "bob", 5)) {
        exchange(alice, bob);

        String all = run(system, 0, "counters");
        assertTrue(all.contains("alice:0 ") && all.contains("bob:0 "), all);
        String json = DemoSystemTest.lastLine(run(system, 0, "counters", "alice", "--json"));
        assertEquals("3", DemoSystemTest.value(json, "Send Tiny"));
        assertEquals("1", DemoSystemTest.value(json, "Send Connect Request"));
        assertEquals("1", DemoSystemTest.value(json, "Recv Connect Reply"));
        assertTrue(run(system, 3, "counters", "carol").contains("no VM or board is named carol"));

        String status = run(system, 0, "status", "--interval", "0.1", "--json");
        long pid = ProcessHandle.current().pid();
        assertTrue(status.contains("\"vm\":\"bob\",\"domid\":3,\"pid\":" + pid), status);
        assertTrue(status.contains("{\"board\":\"bob:0\",\"endpoint\":5,"), status);
      }
      system.awaitNoTrace();
      system.driverDomain().process().destroyForcibly().waitFor();
      assertTrue(run(system, 1, "status").contains("driver domain  none"));
      assertEquals(0, system.hypervisor().terminate());
      RunningSystem.assertNothingLeft(system.runDirectory());
    }
  }

  @Test
  void shouldLookIntoEndpointsOfVmsThatLiveAndSayWhenOneDoesNotAnswer() throws Exception {
    try (RunningSystem system = RunningSystem.start(logs)) {
      try (Vm alice = Vm.start(system, "alice", 1);
          Vm bob = Vm.start(system, "bob", 5);
          CommandRun carol = waitingVm(system, "carol")) {
        exchange(alice, bob);
        String away = run(system, 0, "endpoint", "dump", "bob", "5", "--json");
        assertTrue(away.contains("thread: state away"), away);
        String json = DemoSystemTest.lastLine(away);
        assertEquals("1", DemoSystemTest.value(json, "messages"));
        assertTrue(json.contains("\"message\":[{\"class\":\"tiny\",\"info\":\"2a\""), json);

        Request never = bob.endpoint().newRequest();
        bob.endpoint().irecv(MemorySegment.NULL, 0x99, Mx.MATCH_EXACT, never);
        Thread inside =
            Thread.ofPlatform()
                .start(() -> {
                  boolean _ = bob.endpoint().await(never, Duration.ofSeconds(100), new Status());
                });
        await()
            .atMost(CommandRun.LIMIT)
            .untilAsserted(() -> {
              String waiting = run(system, 0, "endpoint", "dump", "bob");
              assertTrue(waiting.contains("state waiting, waits-for request"), waiting);
              assertTrue(waiting.contains("request receive, info 99"), waiting);
            });
        bob.endpoint().wakeUp();
        inside.join();

        String process = Long.toString(carol.children("Waiting").getFirst().pid());
        signal("-STOP", process);
        String stopped = run(system, 1, "endpoint", "dump", "carol");
        assertTrue(stopped.contains("nic: commands-taken 0"), stopped);
        assertTrue(stopped.contains("library: the VM does not answer"), stopped);
        assertTrue(run(system, 1, "status").contains("stopped"));
        signal("-CONT", process);
        assertTrue(run(system, 0, "endpoint", "dump", "carol").contains("thread: state away"));
        assertEquals(128 + 15, carol.terminate());
      }
      system.awaitNoTrace();
      system.endCleanly();
    }
  }

  private CommandRun waitingVm(RunningSystem system, String name) throws Exception {
    String runDirectory = system.runDirectory().toString();
    var arguments = new ArrayList<>(List.of("vm", "--run-dir", runDirectory, "--name", name, "--"));
    arguments.addAll(UserPrograms.waiting(logs));
    return CommandRun.start(logs, arguments.toArray(String[]::new)).awaitOutput("waiting");
  }

  private static void signal(String signal, String process) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", signal, process).start().waitFor());
  }
}
