package io.myrixen.driver.info;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.netback.MxDevices;
import io.myrixen.xen.Domain;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.local.Hypervisor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a domain sees with its own rights, in a store that keeps Xen's rules. */
final class DomainInfoTest {

  @TempDir private Path noCounters = Path.of("");

  private final Hypervisor hypervisor = new Hypervisor();
  private final DeviceTree tree = new DeviceTree(hypervisor.toolstackStore());
  private final Domain driver = hypervisor.createDomain("dd");
  private final Domain alice = hypervisor.createDomain("alice");
  private final Domain bob = hypervisor.createDomain("bob");

  @AfterEach
  void close() {
    hypervisor.close();
  }

  private DomainInfo read(Domain domain) {
    try (XenStore store = domain.openStore()) {
      return DomainInfo.read(store, noCounters);
    }
  }

  private void attach(Domain vm, String name) {
    MxDevices.create(tree, new DeviceNodes(vm.domid(), driver.domid(), 0), name, 1);
  }

  @Test
  void shouldShowADriverDomainTheBoardsOfAllVms() {
    attach(alice, "alice:0");
    attach(bob, "bob:0");

    DomainInfo info = read(driver);

    assertTrue(info.serves());
    assertEquals("dd", info.name());
    assertEquals(
        List.of("alice", "bob"), info.system().boards().stream().map(BoardInfo::vm).toList());
    assertEquals(alice.domid(), info.system().boards().getFirst().domid());
  }

  @Test
  void shouldShowAVmItsOwnBoardAndWhoServesIt() {
    attach(alice, "alice:0");
    attach(bob, "bob:0");

    DomainInfo info = read(bob);

    assertFalse(info.serves());
    assertEquals(driver.domid(), info.system().driverDomid());
    assertTrue(info.served());
    assertEquals(
        List.of("bob:0"), info.system().boards().stream().map(BoardInfo::hostname).toList());
  }

  @Test
  void shouldSeeThatTheDriverDomainIsGone() {
    attach(alice, "alice:0");

    hypervisor.destroy(driver.domid());
    tree.removeDomain(driver.domid());

    assertFalse(read(alice).served());
  }

  @Test
  void shouldShowADomainWithoutDevicesNothing() {
    DomainInfo info = read(alice);

    assertEquals(-1, info.system().driverDomid());
    assertEquals(List.of(), info.system().boards());
  }
}
