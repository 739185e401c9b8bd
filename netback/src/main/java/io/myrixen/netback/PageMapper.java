package io.myrixen.netback;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.ControlRequest.PageList;
import io.myrixen.mx.control.Detail;
import io.myrixen.mx.control.PageRuns;
import io.myrixen.xen.Domain;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.MappedPages;
import io.myrixen.xen.XenException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Maps what a VM names by runs of references. Only references of that VM's own domid count. */
final class PageMapper implements Supply {

  private final Domain domain;
  private final int owner;
  private final VmAccount account;

  /** Maps pages of {@code owner} only, whose account bears their runs. */
  PageMapper(Domain domain, int owner, VmAccount account) {
    this.domain = domain;
    this.owner = owner;
    this.account = account;
  }

  @Override
  public Mapping window(PageList list, int pageCount) {
    return map(list, pageCount, Access.READ_WRITE);
  }

  @Override
  public Mapping region(PageList list, int pageCount, Access access) {
    return map(list, pageCount, access);
  }

  @Override
  public @Nullable EventChannel channel(int port) {
    try {
      return domain.eventChannels().bind(owner, port);
    } catch (XenException _) {
      return null; // The answer names the port; the reason is the VM's own doing.
    }
  }

  /**
   * Maps {@code pageCount} pages, the pages of runs only for as long as it takes to copy them: what
   * is judged is the copy.
   */
  private Mapping map(PageList list, int pageCount, Access access) {
    byte[] runs = new byte[list.runCount() * PageRuns.RUN_BYTES];
    int[] reference = new int[1];
    for (int i = 0; i < list.indirectReferences().size(); i++) {
      reference[0] = list.indirectReferences().get(i);
      int offset = i * PageRuns.RUNS_PER_PAGE * PageRuns.RUN_BYTES;
      int length = Math.min(PageRuns.RUNS_PER_PAGE * PageRuns.RUN_BYTES, runs.length - offset);
      try (MappedPages indirect = domain.grants().map(owner, reference, Access.READ_ONLY)) {
        MemorySegment memory = indirect.memory();
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, runs, offset, length);
      } catch (XenException e) {
        return refused(e, Detail.INDIRECT_REFERENCE, reference[0]);
      }
    }
    return switch (PageRuns.expand(runs, list.runCount(), pageCount)) {
      case PageRuns.Malformed(var detail, var value) ->
          new Refusal(ReturnCode.BAD_PARAM_VAL, detail, value);
      case PageRuns.References references -> map(references.values(), access);
    };
  }

  private Mapping map(int[] references, Access access) {
    MappedPages pages;
    try {
      pages = domain.grants().map(owner, references, access);
    } catch (XenException e) {
      return refused(e, Detail.PAGE_REFERENCE, references[0]);
    }
    // Only now is it known: runs of references may still lie in different allocations.
    Refusal scattered = account.takeRuns(pages.runCount());
    if (scattered != null) {
      pages.close();
      return scattered;
    }
    return new Mapped(pages);
  }

  @Override
  public void unmap(MappedPages pages) {
    pages.close();
    account.giveRuns(pages.runCount());
  }

  private static Refusal refused(XenException e, Detail detail, int reference) {
    ReturnCode code =
        e.reason() == XenException.Reason.NO_SPACE
            ? ReturnCode.NO_RESOURCES
            : ReturnCode.BAD_PARAM_VAL;
    return new Refusal(code, detail, Integer.toUnsignedLong(reference));
  }
}
