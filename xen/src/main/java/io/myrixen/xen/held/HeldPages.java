package io.myrixen.xen.held;

import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable;
import io.myrixen.xen.GrantedPages;
import io.myrixen.xen.MappedPages;
import io.myrixen.xen.SharedPages;
import io.myrixen.xen.linux.PageRange;
import java.lang.foreign.MemorySegment;
import java.util.function.IntUnaryOperator;

/** Pages that a domain has mapped, its own or another one's. */
public abstract sealed class HeldPages implements HeldResources.Resource, SharedPages {

  private final HeldResources held;
  private final PageRange range;
  private final Backing backing;

  private HeldPages(HeldResources held, PageRange range, Backing backing) {
    this.held = held;
    this.range = range;
    this.backing = backing;
  }

  /** What the hypervisor knows of such pages. */
  @FunctionalInterface
  public interface Backing {

    /** Tells it that they are given back here; they are unmapped already. */
    void giveBack();

    /** As {@link SharedPages#announceEnd}. */
    default void announceEnd(long offsetBytes, EventChannel channel) {}
  }

  int pieceCount() {
    return range.pieceCount();
  }

  /** Pages granted to another domain. */
  public static final class Granted extends HeldPages implements GrantedPages {
    private final int grantee;
    private final IntUnaryOperator references;

    /**
     * Makes one, not yet kept.
     *
     * @param references by the index of their page
     */
    public Granted(
        HeldResources held,
        PageRange range,
        int grantee,
        IntUnaryOperator references,
        Backing backing) {
      super(held, range, backing);
      this.grantee = grantee;
      this.references = references;
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
      return references.applyAsInt(pageIndex);
    }
  }

  /** Pages that another domain has granted. */
  public static final class Mapped extends HeldPages implements MappedPages {
    private final int owner;

    /** Makes one, not yet kept. */
    public Mapped(HeldResources held, PageRange range, int owner, Backing backing) {
      super(held, range, backing);
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

  @Override
  public int pageCount() {
    return (int) (memory().byteSize() / GrantTable.PAGE_BYTES);
  }

  @Override
  public MemorySegment memory() {
    return range.memory();
  }

  @Override
  public void announceEnd(long offsetBytes, EventChannel channel) {
    backing.announceEnd(offsetBytes, channel);
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
    backing.giveBack();
  }
}
