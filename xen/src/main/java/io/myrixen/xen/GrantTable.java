package io.myrixen.xen;

/**
 * Offers pages to other domains and maps theirs. On Xen allocating and granting are one act: a page
 * belongs to one grantee for ever and cannot be granted again, so the same holds on every
 * substrate.
 */
public interface GrantTable {

  /** A page as Xen counts it, whatever page size the machine has, in bytes. */
  int PAGE_BYTES = 4096;

  /**
   * Allocates zeroed pages for {@code domid} and grants them.
   *
   * @param pageCount pages, at least 1
   * @param access what the grantee may do; the owner may always write
   * @throws XenException with {@code NO_DOMAIN} if the substrate knows that there is no such
   *     domain, which real Xen does not look for; {@code NO_SPACE} if a limit is reached; the
   *     message names domid or limit
   */
  GrantedPages grant(int domid, int pageCount, Access access);

  /**
   * Maps the pages behind {@code references}, granted to this domain by {@code domid}, one after
   * the other into one range. The list is mapped as a whole or not at all.
   *
   * @throws XenException with {@code BAD_REFERENCE} if the list cannot be mapped: one of them is
   *     not granted to this domain with that access, or its owner is gone. Which one it is not
   *     every substrate can say
   */
  MappedPages map(int domid, int[] references, Access access);

  /** What the grantee of a page may do with it. */
  enum Access {
    READ_ONLY,
    READ_WRITE
  }
}
