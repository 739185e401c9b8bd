package io.myrixen.xen;

import java.lang.foreign.MemorySegment;

/** Pages of this domain that one other domain may map. */
public interface GrantedPages extends SharedPages {

  /** The domain that may map them. */
  int grantee();

  /**
   * Returns the grant reference of a page. References of one allocation need not follow each other.
   */
  int reference(int pageIndex);

  /**
   * The pages, in one range, readable and writable here. Any thread may use it; after {@link
   * #close} it throws.
   */
  @Override
  MemorySegment memory();

  /**
   * Ends access and gives the pages back. It revokes nothing: a grantee that still maps them keeps
   * its mapping until it unmaps, and on real Xen may map them anew as long as it does. The pages
   * are scrubbed and reused only then. Idempotent.
   *
   * @throws IllegalStateException if a system call of this process uses the memory; nothing is done
   *     then, and this may be called again
   */
  @Override
  void close();
}
