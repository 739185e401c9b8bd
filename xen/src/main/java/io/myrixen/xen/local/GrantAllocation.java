package io.myrixen.xen.local;

import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.linux.PageFile;

/**
 * One act of granting: pages of one domain that one other may map, in a file of their own, so that
 * a grant never carries more than it names. Its state is guarded by the hypervisor's lock.
 */
public final class GrantAllocation {

  private final GuestDomain owner;
  private final int grantee;
  private final int firstReference;
  private final Access access;
  private final PageFile file;
  private boolean offered;
  private boolean ended;
  private int mappingCount;

  GrantAllocation(
      GuestDomain owner, int grantee, int firstReference, Access access, PageFile file) {
    this.owner = owner;
    this.grantee = grantee;
    this.firstReference = firstReference;
    this.access = access;
    this.file = file;
    this.offered = access == Access.READ_WRITE;
  }

  /** The reference of the first page; those of the other pages follow. */
  public int firstReference() {
    return firstReference;
  }

  /** How many pages. */
  public int pageCount() {
    return file.pageCount();
  }

  /** The pages. Open until access has ended and nobody maps them any more. */
  public PageFile file() {
    return file;
  }

  int grantee() {
    return grantee;
  }

  GuestDomain owner() {
    return owner;
  }

  boolean contains(int reference) {
    return reference >= firstReference && reference - firstReference < pageCount();
  }

  boolean ended() {
    return ended;
  }

  /** Whether the grantee may map with {@code wanted}. */
  boolean allows(Access wanted) {
    return !ended && offered && (wanted == Access.READ_ONLY || access == Access.READ_WRITE);
  }

  /** Lets the grantee map from now on. For pages he may only read, the door to writing shuts. */
  void offer() {
    if (!offered) {
      file.forbidNewWriters();
      offered = true;
    }
  }

  void end() {
    ended = true;
  }

  void mapped() {
    mappingCount++;
  }

  void unmapped() {
    mappingCount--;
  }

  boolean releasable() {
    return ended && mappingCount == 0;
  }
}
