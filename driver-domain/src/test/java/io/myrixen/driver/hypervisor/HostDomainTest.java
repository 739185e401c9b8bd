package io.myrixen.driver.hypervisor;

import io.myrixen.xen.Domain;
import io.myrixen.xen.HypervisorContractTest;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.host.HostDomain;
import io.myrixen.xen.host.HostToolstack;
import io.myrixen.xen.local.HypervisorCounters;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, for processes attached to a hypervisor service. */
final class HostDomainTest extends HypervisorContractTest {

  @TempDir private static Path directory;
  private static HypervisorService service;
  private static HostToolstack toolstack;

  @BeforeAll
  static void startService() {
    service = HypervisorService.start(directory.resolve("run"));
    toolstack = HostToolstack.connect(service.runDirectory());
  }

  @AfterAll
  static void stopService() {
    toolstack.close();
    service.close();
  }

  @Override
  protected Domain createDomain(String name) {
    return HostDomain.attach(toolstack.createDomain(name).tokenFile());
  }

  @Override
  protected void destroy(int domid) {
    toolstack.destroyDomain(domid);
  }

  @Override
  protected XenStore toolstackStore() {
    return toolstack.openStore();
  }

  @Override
  protected HypervisorCounters counters() {
    return toolstack.counters();
  }
}
