package io.myrixen.xen.local;

/** Counts what the hypervisor does. Under its lock. */
final class Tally {

  private long grantsAllocated;
  private long grantsEnded;
  private long maps;
  private long unmaps;
  private long portsAllocated;
  private long portsClosed;
  private long refused;
  private long domainsCreated;
  private long domainsEnded;
  private long grantedPages;

  void granted(int pageCount) {
    grantsAllocated++;
    grantedPages += pageCount;
  }

  void ended() {
    grantsEnded++;
  }

  void released(int pageCount) {
    grantedPages -= pageCount;
  }

  void mapped() {
    maps++;
  }

  void unmapped() {
    unmaps++;
  }

  void portOpened() {
    portsAllocated++;
  }

  void portClosed() {
    portsClosed++;
  }

  void refused() {
    refused++;
  }

  void domainCreated() {
    domainsCreated++;
  }

  void domainEnded() {
    domainsEnded++;
  }

  HypervisorCounters snapshot(long storeOperations) {
    return new HypervisorCounters(
        grantsAllocated,
        grantsEnded,
        maps,
        unmaps,
        portsAllocated,
        portsClosed,
        storeOperations,
        refused,
        domainsCreated,
        domainsEnded,
        grantedPages,
        maps - unmaps,
        portsAllocated - portsClosed);
  }
}
