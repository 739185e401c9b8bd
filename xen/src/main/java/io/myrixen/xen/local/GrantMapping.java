package io.myrixen.xen.local;

import io.myrixen.xen.GrantTable.Access;
import java.util.List;

/**
 * A list of references that one domain has mapped, as the runs of pages that it names.
 *
 * @param id names it in its mapper
 * @param mapper the domain that has mapped it
 * @param access what the mapper may do
 * @param runs the pages, in order of the list
 */
public record GrantMapping(int id, int mapper, Access access, List<Run> runs) {

  /** Keeps a copy of {@code runs}. */
  public GrantMapping {
    runs = List.copyOf(runs);
  }

  /** Consecutive pages of one allocation. */
  public record Run(GrantAllocation allocation, int firstPage, int pageCount) {}
}
