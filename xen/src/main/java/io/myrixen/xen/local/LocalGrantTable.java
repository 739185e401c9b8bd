package io.myrixen.xen.local;

import io.myrixen.xen.GrantTable;
import io.myrixen.xen.GrantedPages;
import io.myrixen.xen.MappedPages;
import io.myrixen.xen.XenException;
import io.myrixen.xen.held.HeldPages;
import io.myrixen.xen.linux.PageRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Grants and mappings of a domain of this JVM. Pages lie in files as they do between processes, so
 * that a mapping has an end of its own, read-only is read-only, and any list of references is one
 * range.
 */
final class LocalGrantTable implements GrantTable {

  private final LocalDomain domain;

  LocalGrantTable(LocalDomain domain) {
    this.domain = domain;
  }

  @Override
  public GrantedPages grant(int domid, int pageCount, Access access) {
    GuestDomain guest = domain.guest();
    GrantAllocation allocation = guest.grant(domid, pageCount, access);
    try {
      var piece = new PageRange.Piece(allocation.file().descriptor(), 0, pageCount);
      int first = allocation.firstReference();
      var pages =
          new HeldPages.Granted(
              domain.held(),
              PageRange.map(List.of(piece), true),
              domid,
              page -> first + page,
              () -> domain.tell(g -> g.endAccess(first)));
      domain.keep(pages);
      guest.offer(first);
      return pages;
    } catch (XenException e) {
      domain.tell(g -> g.endAccess(allocation.firstReference()));
      throw e;
    }
  }

  @Override
  public MappedPages map(int domid, int[] references, Access access) {
    GrantMapping mapping = domain.guest().map(domid, references, access);
    try {
      var pieces = new ArrayList<PageRange.Piece>();
      for (GrantMapping.Run run : mapping.runs()) {
        pieces.add(
            new PageRange.Piece(
                run.allocation().file().descriptor(), run.firstPage(), run.pageCount()));
      }
      PageRange range = PageRange.map(pieces, access == Access.READ_WRITE);
      var pages =
          new HeldPages.Mapped(
              domain.held(), range, domid, () -> domain.tell(g -> g.unmap(mapping.id())));
      domain.keep(pages);
      return pages;
    } catch (XenException e) {
      domain.tell(g -> g.unmap(mapping.id()));
      throw e;
    }
  }
}
