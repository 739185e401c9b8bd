package io.myrixen.system;

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
        assertTrue(run(system, 3, "counters", "carol").contains("no VM is named carol"));

        String status = run(system, 0, "status", "--interval", "0.1", "--json");
        long pid = ProcessHandle.current().pid();
        assertTrue(status.contains("\"vm\":\"bob\",\"domid\":3,\"pid\":" + pid), status);
        assertTrue(status.contains("{\"board\":\"bob:0\",\"endpoint\":5,"), status);
      }
      system.awaitNoTraceOfVms();
      system.driverDomain().process().destroyForcibly().waitFor();
      assertTrue(run(system, 1, "status").contains("driver domain  none"));
      assertEquals(0, system.hypervisor().terminate());
      RunningSystem.assertNothingLeft(system.runDirectory());
    }
  }
}
