package io.myrixen.xen.devices;

import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable;
import io.myrixen.xen.GrantedPages;
import io.myrixen.xen.MappedPages;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.held.HeldPages;
import io.myrixen.xen.linux.PageRange;

/** Grants and mappings of a process in a domain of Xen. */
final class XenGrantTable implements GrantTable, AutoCloseable {

  private final XenDomain domain;
  private final GntallocDevice gntalloc;
  private final GntdevDevice gntdev;

  /** Takes the devices over, and closes them. */
  XenGrantTable(XenDomain domain, GntallocDevice gntalloc, GntdevDevice gntdev) {
    this.domain = domain;
    this.gntalloc = gntalloc;
    this.gntdev = gntdev;
  }

  /** Takes {@code role} for this process. Returns false if another one has it. */
  boolean take(DomainRole role) {
    return switch (role) {
      case FRONTEND -> gntalloc.tryLock();
      case BACKEND -> gntdev.tryLock();
    };
  }

  @Override
  public GrantedPages grant(int domid, int pageCount, Access access) {
    if (pageCount < 1) {
      throw new XenException(Reason.BAD_REQUEST, "a grant of %d pages".formatted(pageCount));
    }
    requireDomid(domid);
    domain.requireAttached();
    GntallocDevice.Allocation allocation = gntalloc.allocate(domid, pageCount, access);
    PageRange range;
    try {
      range = gntalloc.map(allocation);
    } catch (XenException e) {
      gntalloc.free(allocation);
      throw e;
    }
    var pages =
        new HeldPages.Granted(
            domain.held(), range, domid, allocation::reference, new Granted(allocation));
    domain.keep(pages);
    return pages;
  }

  @Override
  public MappedPages map(int domid, int[] references, Access access) {
    if (references.length == 0) {
      throw new XenException(Reason.BAD_REQUEST, "a mapping of no references");
    }
    requireDomid(domid);
    domain.requireAttached();
    GntdevDevice.Entry entry = gntdev.name(domid, references);
    PageRange range;
    try {
      range = gntdev.map(entry, access == Access.READ_WRITE);
    } catch (XenException e) {
      gntdev.forget(entry); // Whatever failed: an entry can be mapped once at most.
      throw unmappable(domid, references, access, e);
    }
    var pages = new HeldPages.Mapped(domain.held(), range, domid, new Mapped(entry));
    domain.keep(pages);
    return pages;
  }

  private XenException unmappable(int owner, int[] references, Access access, XenException e) {
    if (e.reason() != Reason.SYSTEM) {
      return e;
    }
    String list =
        references.length == 1
            ? "reference " + Integer.toUnsignedString(references[0])
            : "a list of %d references that begins with %s"
                .formatted(references.length, Integer.toUnsignedString(references[0]));
    return new XenException(
        Reason.BAD_REFERENCE,
        ("%s of domain %d cannot be mapped %s by domain %d: one is not granted so, or its owner is"
                + " gone, or this domain has no room for more (max_maptrack_frames)")
            .formatted(list, owner, access, domain.domid()),
        e);
  }

  private static void requireDomid(int domid) {
    if (domid < 0 || domid > GntallocDevice.MAX_DOMID) {
      throw new XenException(
          Reason.BAD_REQUEST,
          "domid must be 0 to %d: %d".formatted(GntallocDevice.MAX_DOMID, domid));
    }
  }

  @Override
  public void close() {
    gntalloc.close();
    gntdev.close();
  }

  private final class Granted implements HeldPages.Backing {
    private final GntallocDevice.Allocation allocation;

    Granted(GntallocDevice.Allocation allocation) {
      this.allocation = allocation;
    }

    @Override
    public void giveBack() {
      gntalloc.free(allocation);
    }

    @Override
    public void announceEnd(long offsetBytes, EventChannel channel) {
      gntalloc.announceEnd(allocation, offsetBytes, channel.port());
    }
  }

  private final class Mapped implements HeldPages.Backing {
    private final GntdevDevice.Entry entry;

    Mapped(GntdevDevice.Entry entry) {
      this.entry = entry;
    }

    @Override
    public void giveBack() {
      gntdev.forget(entry);
    }

    @Override
    public void announceEnd(long offsetBytes, EventChannel channel) {
      gntdev.announceEnd(entry, offsetBytes, channel.port());
    }
  }
}
