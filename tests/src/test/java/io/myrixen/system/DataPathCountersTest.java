package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.demo.DataPath;
import io.myrixen.driver.demo.Demo;
import io.myrixen.driver.demo.DemoOptions;
import io.myrixen.driver.demo.DemoProgress.Phase;
import io.myrixen.driver.demo.DemoReport;
import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.process.Lifetime;
import io.myrixen.driver.process.VmDomain;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.Mx;
import io.myrixen.netfront.VmBoards;
import io.myrixen.xen.Domain;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.host.HostDomain;
import io.myrixen.xen.host.HostToolstack;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The zeros that the demo shows are counted: whatever is done while messages pass is seen. */
@Timeout(300)
final class DataPathCountersTest {

  private static final int DRIVER_DOMID = 1;

  @TempDir private Path logs = Path.of("");

  /** Does something on the control path, once. */
  @FunctionalInterface
  private interface Deed {
    void run();
  }

  private DemoReport demoWith(RunningSystem system, Deed deed) throws Exception {
    Path file = Files.write(logs.resolve("file"), new byte[5_000_000]);
    try (Lifetime lifetime = Lifetime.ofCommand()) {
      return new Demo(
              system.runDirectory(),
              new DemoOptions(BoardWay.VM, 2, file, 1),
              (phase, _) -> {
                if (phase == Phase.EXCHANGE) {
                  deed.run();
                }
              })
          .run(lifetime);
    }
  }

  @Test
  void shouldSeeOneControlRequestOneGrantAndOneStoreOperation() throws Exception {
    try (RunningSystem system = RunningSystem.start(logs)) {
      try (VmDomain vm = VmDomain.create(system.runDirectory(), "outsider", 1);
          Domain domain =
              HostDomain.attach(
                  Path.of(Objects.requireNonNull(vm.environment().get(VmDomain.TOKEN_VARIABLE))));
          Mx mx = Mx.init(VmBoards.attach(domain));
          Endpoint endpoint = mx.openEndpoint(0, 0, 0);
          HostToolstack toolstack = HostToolstack.connect(system.runDirectory());
          XenStore store = toolstack.openStore()) {

        DemoReport provoked =
            demoWith(
                system,
                () -> {
                  assertTrue(mx.nicIdOf("vm1") != 0);
                  domain.grants().grant(DRIVER_DOMID, 1, Access.READ_WRITE);
                  store.read("/local/domain/1/name");
                });
        DataPath seen = provoked.dataPath();
        assertEquals(new DataPath(1, 1, 1, seen.notifications(), 0), seen);
        assertFalse(provoked.good());

        MemorySegment[] memory = new MemorySegment[1];
        DemoReport registered = demoWith(system, () -> memory[0] = endpoint.allocate(4096));
        assertEquals(0, registered.dataPath().controlRequests());
        assertEquals(0, registered.dataPath().storeOperations());
        assertEquals(1, registered.dataPath().registrations());
        assertTrue(registered.dataPath().grantOperations() > 0);
        assertTrue(registered.good());
        assertEquals(4096, memory[0].byteSize());
      }
      system.awaitNoTrace();
      system.endCleanly();
    }
  }
}
