package io.myrixen.xen.host;

import io.myrixen.xen.GrantTable;
import io.myrixen.xen.GrantedPages;
import io.myrixen.xen.MappedPages;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.held.HeldPages;
import io.myrixen.xen.host.DomainRequest.EndAccess;
import io.myrixen.xen.host.DomainRequest.Grant;
import io.myrixen.xen.host.DomainRequest.MapList;
import io.myrixen.xen.host.DomainRequest.Offer;
import io.myrixen.xen.host.DomainRequest.Unmap;
import io.myrixen.xen.host.HypervisorLink.Reply;
import io.myrixen.xen.linux.PageRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Grants and mappings of a process: the hypervisor hands out files of pages, which are mapped. */
final class HostGrantTable implements GrantTable {

  private final HostDomain domain;

  HostGrantTable(HostDomain domain) {
    this.domain = domain;
  }

  @Override
  public GrantedPages grant(int domid, int pageCount, Access access) {
    var request = new Grant(domid, pageCount, access);
    HeldPages.Granted pages =
        domain.link().call(request, 1, reply -> granted(domid, pageCount, reply));
    domain.keep(pages);
    if (access == Access.READ_ONLY) {
      domain.link().tell(new Offer(pages.reference(0)));
    }
    return pages;
  }

  private HeldPages.Granted granted(int domid, int pageCount, Reply reply) {
    int firstReference = reply.body().getInt();
    try {
      var whole = new PageRange.Piece(reply.descriptor(), 0, pageCount);
      return new HeldPages.Granted(
          domain.held(),
          PageRange.map(List.of(whole), true),
          domid,
          page -> firstReference + page,
          () -> domain.tell(new EndAccess(firstReference)));
    } catch (XenException e) {
      domain.tell(new EndAccess(firstReference));
      throw e;
    } finally {
      reply.closeDescriptors(); // The mapping alone keeps the pages.
    }
  }

  @Override
  public MappedPages map(int domid, int[] references, Access access) {
    var list = new ReferenceList(references.clone());
    list.requireSendable();
    var request = new MapList(domid, access, list);
    HeldPages.Mapped pages = domain.link().call(request, 0, reply -> mapped(domid, access, reply));
    domain.keep(pages);
    return pages;
  }

  private HeldPages.Mapped mapped(int owner, Access access, Reply reply) {
    int mappingId = reply.body().getInt();
    try {
      List<PageRange.Piece> pieces = pieces(reply);
      PageRange range = PageRange.map(pieces, access == Access.READ_WRITE);
      return new HeldPages.Mapped(
          domain.held(), range, owner, () -> domain.tell(new Unmap(mappingId)));
    } catch (XenException e) {
      domain.tell(new Unmap(mappingId));
      throw e;
    } finally {
      reply.closeDescriptors();
    }
  }

  private static List<PageRange.Piece> pieces(Reply reply) {
    ByteBuffer body = reply.body();
    int pieceCount = body.getInt();
    if (body.remaining() != (long) pieceCount * DomainFrame.PIECE_BYTES) {
      throw new XenException(
          Reason.SYSTEM, "the hypervisor names " + pieceCount + " runs of pages");
    }
    var pieces = new ArrayList<PageRange.Piece>(pieceCount);
    for (int i = 0; i < pieceCount; i++) {
      int file = body.getInt();
      int firstPage = body.getInt();
      pieces.add(new PageRange.Piece(reply.descriptors().get(file), firstPage, body.getInt()));
    }
    return pieces;
  }
}
