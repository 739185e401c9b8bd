package io.myrixen.xen.local;

import io.myrixen.xen.Domain;
import io.myrixen.xen.HypervisorContractTest;
import io.myrixen.xen.XenStore;

/** The contract, for domains that are objects of this JVM. */
final class LocalDomainTest extends HypervisorContractTest {

  private final Hypervisor hypervisor = new Hypervisor();

  @Override
  protected Domain createDomain(String name) {
    return hypervisor.createDomain(name);
  }

  @Override
  protected void destroy(int domid) {
    hypervisor.destroy(domid);
  }

  @Override
  protected XenStore toolstackStore() {
    return hypervisor.toolstackStore();
  }

  @Override
  protected HypervisorCounters counters() {
    return hypervisor.counters();
  }
}
