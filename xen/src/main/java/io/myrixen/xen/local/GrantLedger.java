package io.myrixen.xen.local;

import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.linux.PageFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one domain has granted and mapped. Under the hypervisor's lock. References of one allocation
 * follow each other, and are used again only after all others have been.
 */
final class GrantLedger {

  /** Xen keeps 0 to 7 for itself. */
  private static final int FIRST_REFERENCE = 8;

  /**
   * Most allocations in one list: each costs a descriptor on its way to the mapper, and one request
   * must not take more than a small part of what a process may open.
   */
  private static final int ALLOCATIONS_PER_LIST = 1024;

  /** Most runs of pages in one list: each becomes a mapping of the kernel, which counts them. */
  private static final int RUNS_PER_LIST = 16_384;

  private final Hypervisor hypervisor;
  private final GuestDomain domain;

  /** By first reference; also those ended but still mapped, whose references stay taken. */
  private final TreeMap<Integer, GrantAllocation> allocations = new TreeMap<>();

  private final Int2ObjectHashMap<GrantMapping> mappings = new Int2ObjectHashMap<>();
  private long grantedPages;
  private int mappedRuns;
  private int nextReference = FIRST_REFERENCE;
  private int nextMappingId = 1;

  GrantLedger(Hypervisor hypervisor, GuestDomain domain) {
    this.hypervisor = hypervisor;
    this.domain = domain;
  }

  GrantAllocation grant(int grantee, int pageCount, Access access) {
    if (pageCount < 1) {
      throw new XenException(Reason.BAD_REQUEST, "pages to grant must be positive: " + pageCount);
    }
    hypervisor.requireDomain(grantee);
    HypervisorLimits limits = hypervisor.limits();
    if (grantedPages + pageCount > limits.grantedPages()) {
      throw hypervisor.limitReached(domain, "granted pages", limits.grantedPages());
    }
    if (allocations.size() >= limits.allocations()) {
      throw hypervisor.limitReached(domain, "allocations", limits.allocations());
    }
    int firstReference = freeReferences(pageCount);
    PageFile file =
        access == Access.READ_WRITE
            ? PageFile.writable(pageCount)
            : PageFile.writableUntilForbidden(pageCount);
    var allocation = new GrantAllocation(domain, grantee, firstReference, access, file);
    allocations.put(firstReference, allocation);
    nextReference = firstReference + pageCount;
    grantedPages += pageCount;
    hypervisor.tally().granted(pageCount);
    return allocation;
  }

  /**
   * Finds the next free run of references, from the last one given on, round the end if need be.
   */
  private int freeReferences(int pageCount) {
    int candidate = nextReference;
    boolean wrapped = false;
    while (true) {
      if (candidate > Integer.MAX_VALUE - pageCount) {
        if (wrapped) {
          throw new XenException(Reason.NO_SPACE, "domain " + domain.domid() + ": no references");
        }
        wrapped = true;
        candidate = FIRST_REFERENCE;
      }
      // The last allocation that begins before our run would end is the only one that can overlap.
      Map.Entry<Integer, GrantAllocation> before = allocations.lowerEntry(candidate + pageCount);
      if (before == null || before.getKey() + before.getValue().pageCount() <= candidate) {
        return candidate;
      }
      candidate = before.getKey() + before.getValue().pageCount();
    }
  }

  void offer(int firstReference) {
    own(firstReference).offer();
  }

  void endAccess(int firstReference) {
    end(own(firstReference));
  }

  private GrantAllocation own(int firstReference) {
    GrantAllocation allocation = allocations.get(firstReference);
    if (allocation == null || allocation.ended()) {
      throw new XenException(
          Reason.BAD_REFERENCE,
          "no grant of domain " + domain.domid() + " begins with reference " + firstReference);
    }
    return allocation;
  }

  private void end(GrantAllocation allocation) {
    allocation.end();
    hypervisor.tally().ended();
    releaseIfUnused(allocation);
  }

  /** Gives the pages back if access has ended and nobody maps them: the system zeroes them. */
  private void releaseIfUnused(GrantAllocation allocation) {
    if (!allocation.releasable()) {
      return;
    }
    allocations.remove(allocation.firstReference());
    grantedPages -= allocation.pageCount();
    hypervisor.tally().released(allocation.pageCount());
    allocation.file().close();
  }

  GrantMapping map(int owner, int[] references, Access access) {
    if (references.length == 0) {
      throw new XenException(Reason.BAD_REQUEST, "no references to map");
    }
    HypervisorLimits limits = hypervisor.limits();
    List<GrantMapping.Run> runs = runs(owner, references, access);
    if (mappedRuns + runs.size() > limits.mappings()) {
      throw hypervisor.limitReached(domain, "mappings", limits.mappings());
    }
    Set<GrantAllocation> distinct = allocationsOf(runs);
    if (distinct.size() > ALLOCATIONS_PER_LIST) {
      throw hypervisor.limitReached(domain, "allocations in one list", ALLOCATIONS_PER_LIST);
    }
    var mapping = new GrantMapping(freeMappingId(), domain.domid(), access, runs);
    mappings.put(mapping.id(), mapping);
    mappedRuns += runs.size();
    distinct.forEach(GrantAllocation::mapped);
    hypervisor.tally().mapped();
    return mapping;
  }

  private List<GrantMapping.Run> runs(int owner, int[] references, Access access) {
    GuestDomain ownerDomain = hypervisor.domain(owner);
    if (ownerDomain == null) {
      throw new XenException(Reason.BAD_REFERENCE, "no domain " + owner + " to map from");
    }
    var runs = new ArrayList<GrantMapping.Run>();
    int index = 0;
    while (index < references.length) {
      int reference = references[index];
      GrantAllocation allocation = ownerDomain.grants().find(reference);
      if (allocation == null
          || allocation.grantee() != domain.domid()
          || !allocation.allows(access)) {
        throw new XenException(
            Reason.BAD_REFERENCE,
            "reference %s of domain %d is not granted to domain %d for %s"
                .formatted(Integer.toUnsignedString(reference), owner, domain.domid(), access));
      }
      int begin = index++;
      while (index < references.length
          && references[index] == references[index - 1] + 1
          && allocation.contains(references[index])) {
        index++;
      }
      if (runs.size() == RUNS_PER_LIST) {
        throw hypervisor.limitReached(domain, "runs of pages in one list", RUNS_PER_LIST);
      }
      int firstPage = reference - allocation.firstReference();
      runs.add(new GrantMapping.Run(allocation, firstPage, index - begin));
    }
    return runs;
  }

  private static Set<GrantAllocation> allocationsOf(List<GrantMapping.Run> runs) {
    var distinct = new HashSet<GrantAllocation>();
    for (GrantMapping.Run run : runs) {
      distinct.add(run.allocation());
    }
    return distinct;
  }

  private @Nullable GrantAllocation find(int reference) {
    Map.Entry<Integer, GrantAllocation> entry = allocations.floorEntry(reference);
    return entry != null && entry.getValue().contains(reference) ? entry.getValue() : null;
  }

  private int freeMappingId() {
    while (nextMappingId < 1 || mappings.containsKey(nextMappingId)) {
      nextMappingId = nextMappingId < 1 ? 1 : nextMappingId + 1;
    }
    return nextMappingId++;
  }

  void unmap(int mappingId) {
    GrantMapping mapping = mappings.remove(mappingId);
    if (mapping == null) {
      throw new XenException(
          Reason.BAD_REQUEST, "domain " + domain.domid() + " has no mapping " + mappingId);
    }
    release(mapping);
  }

  private void release(GrantMapping mapping) {
    hypervisor.tally().unmapped();
    mappedRuns -= mapping.runs().size();
    for (GrantAllocation allocation : allocationsOf(mapping.runs())) {
      allocation.unmapped();
      allocation.owner().grants().releaseIfUnused(allocation);
    }
  }

  /** Unmaps and ends everything. What others still map goes when they unmap it. */
  void releaseAll() {
    for (GrantMapping mapping : mappings.values()) {
      release(mapping);
    }
    mappings.clear();
    for (GrantAllocation allocation : List.copyOf(allocations.values())) {
      if (!allocation.ended()) {
        end(allocation);
      }
    }
  }
}
