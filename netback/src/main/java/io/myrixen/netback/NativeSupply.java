package io.myrixen.netback;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.ControlRequest.PageList;
import io.myrixen.mx.control.Detail;
import io.myrixen.mx.window.ControlLines;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.MappedPages;
import io.myrixen.xen.XenException;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.NotifyChannel;
import io.myrixen.xen.linux.NotifySocket;
import io.myrixen.xen.linux.PageFile;
import io.myrixen.xen.linux.PageRange;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Memory and channels that this domain makes for a native process: sealed memory files, and socket
 * pairs. What the process is to have of them goes out with the answer to its request, of which
 * there is one at a time. Confined to netback's thread.
 */
final class NativeSupply implements Supply {

  private final int clientId;
  private final VmAccount account;

  /** What the answer under way is to carry: the window's memory before its channel. */
  private final List<Descriptor> outgoing = new ArrayList<>();

  /** Makes memory for client {@code clientId}, whose account bears its runs. */
  NativeSupply(int clientId, VmAccount account) {
    this.clientId = clientId;
    this.account = account;
  }

  /** The descriptors for the answer under way. */
  List<Descriptor> outgoing() {
    return outgoing;
  }

  /** The answer has gone out, or never will. */
  void closeOutgoing() {
    outgoing.forEach(Descriptor::close);
    outgoing.clear();
  }

  @Override
  public Mapping window(PageList list, int pageCount) {
    Mapping made = make(pageCount);
    if (made instanceof Mapped(var pages)) {
      new ControlLines(pages.memory()).initialise();
    }
    return made;
  }

  /** Access is no matter: the memory is its own, and the NIC's flag says what the NIC may do. */
  @Override
  public Mapping region(PageList list, int pageCount, Access access) {
    return make(pageCount);
  }

  private Mapping make(int pageCount) {
    Refusal refusal = account.takeRuns(1);
    if (refusal != null) {
      return refusal;
    }
    PageFile file = null;
    try {
      file = PageFile.writable(pageCount);
      var whole = new PageRange.Piece(file.descriptor(), 0, pageCount);
      PageRange range = PageRange.map(List.of(whole), true);
      outgoing.add(file.descriptor());
      return new Mapped(new Made(clientId, range, pageCount));
    } catch (XenException _) {
      if (file != null) {
        file.close();
      }
      account.giveRuns(1);
      return new Refusal(ReturnCode.NO_RESOURCES, Detail.PAGE_COUNT, pageCount);
    }
  }

  @Override
  public void unmap(MappedPages pages) {
    pages.close();
    account.giveRuns(pages.runCount());
  }

  @Override
  public @Nullable EventChannel channel(int port) {
    try {
      NotifySocket.Pair pair = NotifySocket.pair();
      outgoing.add(pair.far());
      return new NotifyChannel(0, new NotifySocket(pair.near()));
    } catch (XenException _) {
      return null; // Out of descriptors.
    }
  }

  /** Pages of this domain's own that a native process has mapped too. */
  private record Made(int owner, PageRange range, int pageCount) implements MappedPages {

    @Override
    public int runCount() {
      return 1;
    }

    @Override
    public MemorySegment memory() {
      return range.memory();
    }

    @Override
    public void close() {
      if (!range.closed()) {
        range.close();
      }
    }
  }
}
