package io.myrixen.xen.held;

import io.myrixen.xen.GrantTable;
import io.myrixen.xen.GrantedPages;
import io.myrixen.xen.MappedPages;
import io.myrixen.xen.linux.PageRange;
import java.lang.foreign.MemorySegment;

/** Pages that a domain has mapped, its own or another one's. */
public abstract sealed class HeldPages implements HeldResources.Resource, AutoCloseable {

  private final HeldResources held;
  private final PageRange range;
  private final Runnable closing;

  private HeldPages(HeldResources held, PageRange range, Runnable closing) {
    this.held = held;
    this.range = range;
    this.closing = closing;
  }

  int pieceCount() {
    return range.pieceCount();
  }

  /** Pages granted to another domain. */
  public static final class Granted extends HeldPages implements GrantedPages {
    private final int grantee;
    private final int firstReference;

    /**
     * Makes one, not yet kept.
     *
     * @param firstReference of the first page; those of the others follow
     * @param closing tells the hypervisor that access ends
     */
    public Granted(
        HeldResources held, PageRange range, int grantee, int firstReference, Runnable closing) {
      super(held, range, closing);
      this.grantee = grantee;
      this.firstReference = firstReference;
    }

    @Override
    public int grantee() {
      return grantee;
    }

    @Override
    public int reference(int pageIndex) {
      if (pageIndex < 0 || pageIndex >= pageCount()) {
        throw new IndexOutOfBoundsException("page " + pageIndex + " of " + pageCount());
      }
      return firstReference + pageIndex;
    }
  }

  /** Pages that another domain has granted. */
  public static final class Mapped extends HeldPages implements MappedPages {
    private final int owner;

    /**
     * Makes one, not yet kept.
     *
     * @param closing tells the hypervisor that they are unmapped
     */
    public Mapped(HeldResources held, PageRange range, int owner, Runnable closing) {
      super(held, range, closing);
      this.owner = owner;
    }

    @Override
    public int runCount() {
      return pieceCount();
    }

    @Override
    public int owner() {
      return owner;
    }
  }

  /** How many pages, at least 1. */
  public int pageCount() {
    return (int) (memory().byteSize() / GrantTable.PAGE_BYTES);
  }

  /** The pages. */
  public MemorySegment memory() {
    return range.memory();
  }

  @Override
  public void release() {
    range.close();
  }

  @Override
  public void close() {
    if (!held.forget(this)) {
      return;
    }
    try {
      release();
    } catch (IllegalStateException e) {
      held.keep(this); // A system call uses the memory: to be closed again when that is over.
      throw e;
    }
    closing.run();
  }
}
