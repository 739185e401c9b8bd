package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.ControlRequest.PageList;
import io.myrixen.mx.control.PageRuns;
import io.myrixen.xen.Domain;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.GrantedPages;
import io.myrixen.xen.XenException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages granted to the driver domain, and the pages of runs that name them. The latter are needed
 * only until the request that names them has been answered.
 */
final class OfferedPages implements Supply.Pages {

  private final GrantedPages pages;
  private final PageList list;
  private @Nullable GrantedPages indirect;

  private OfferedPages(GrantedPages pages, GrantedPages indirect, PageList list) {
    this.pages = pages;
    this.indirect = indirect;
    this.list = list;
  }

  /**
   * Allocates and grants pages.
   *
   * @throws MxException with {@code NO_RESOURCES} that names the limit
   */
  static OfferedPages offer(Domain domain, int backendDomid, int pageCount) {
    GrantedPages pages = null;
    try {
      pages = domain.grants().grant(backendDomid, pageCount, Access.READ_WRITE);
      int runCount = PageRuns.count(pages::reference, pageCount);
      if (runCount > PageRuns.MAX_RUNS) {
        throw new MxException(
            ReturnCode.NO_RESOURCES,
            "%d pages fall into %d runs of grant references, limit %d"
                .formatted(pageCount, runCount, PageRuns.MAX_RUNS));
      }
      int indirectPages = PageRuns.indirectPages(runCount);
      GrantedPages indirect = domain.grants().grant(backendDomid, indirectPages, Access.READ_ONLY);
      PageRuns.write(indirect.memory(), pages::reference, pageCount);
      List<Integer> references = new ArrayList<>();
      for (int i = 0; i < indirectPages; i++) {
        references.add(indirect.reference(i));
      }
      return new OfferedPages(pages, indirect, new PageList(runCount, references));
    } catch (XenException | MxException e) {
      if (pages != null) {
        pages.close();
      }
      throw e instanceof MxException mx
          ? mx
          : new MxException(ReturnCode.NO_RESOURCES, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public PageList list() {
    return list;
  }

  @Override
  public int pageCount() {
    return pages.pageCount();
  }

  @Override
  public MemorySegment memory() {
    return pages.memory();
  }

  /** Gives the pages of runs back, which nobody needs any more. */
  @Override
  public void granted() {
    GrantedPages closing = indirect;
    indirect = null;
    if (closing != null) {
      closing.close();
    }
  }

  /** Ends all grants. */
  @Override
  public void close() {
    granted();
    pages.close();
  }
}
