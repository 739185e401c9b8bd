package io.myrixen.xen;

import java.lang.foreign.MemorySegment;

/** Pages of another domain, mapped here as a whole. */
public interface MappedPages extends SharedPages {

  /** The domain that owns them. */
  int owner();

  /**
   * How many stretches of memory the system keeps for them, at least 1: pages that were not granted
   * side by side are mapped one by one, and a process may have only so many mappings.
   */
  int runCount();

  /**
   * The pages, in one range; read-only if they were mapped so. Any thread may use it; after {@link
   * #close} it throws.
   */
  @Override
  MemorySegment memory();

  /**
   * Unmaps the whole list. The caller has stopped every agent that uses it. Idempotent.
   *
   * @throws IllegalStateException if a system call of this process uses the memory; nothing is done
   *     then, and this may be called again
   */
  @Override
  void close();
}
