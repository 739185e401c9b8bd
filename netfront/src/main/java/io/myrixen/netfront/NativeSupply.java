package io.myrixen.netfront;

import io.myrixen.mx.control.ControlRequest.PageList;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.NotifyChannel;
import io.myrixen.xen.linux.NotifySocket;
import io.myrixen.xen.linux.PageRange;
import io.myrixen.xen.linux.UnixStream;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Memory and channels that the driver domain makes and whose descriptors come with its answers, in
 * the order window, channel. Requests name nothing: where a VM names what it grants, they hold what
 * the layout asks for.
 */
final class NativeSupply implements Supply {

  private static final PageList NOTHING_GRANTED = new PageList(1, List.of(0));

  private final UnixStream stream;

  NativeSupply(UnixStream stream) {
    this.stream = stream;
  }

  @Override
  public Pages window(int pageCount) {
    return new HandedOut(pageCount);
  }

  @Override
  public Pages region(int pageCount) {
    return new HandedOut(pageCount);
  }

  @Override
  public Channel channel() {
    return new HandedOutChannel();
  }

  private Descriptor take() {
    Descriptor descriptor = stream.takeDescriptor();
    if (descriptor == null) {
      throw new XenException(Reason.SYSTEM, "the driver domain sent no descriptor");
    }
    return descriptor;
  }

  /** Pages of the driver domain's. */
  private final class HandedOut implements Pages {

    private final int pageCount;
    private @Nullable PageRange range;

    HandedOut(int pageCount) {
      this.pageCount = pageCount;
    }

    @Override
    public PageList list() {
      return NOTHING_GRANTED;
    }

    @Override
    public int pageCount() {
      return pageCount;
    }

    @Override
    public void granted() {
      try (Descriptor file = take()) { // The mapping alone keeps the pages.
        range = PageRange.map(List.of(new PageRange.Piece(file, 0, pageCount)), true);
      }
    }

    @Override
    public MemorySegment memory() {
      PageRange mapped = range;
      if (mapped == null) {
        throw new IllegalStateException("not handed out yet");
      }
      return mapped.memory();
    }

    @Override
    public void close() {
      PageRange mapped = range;
      if (mapped != null && !mapped.closed()) {
        mapped.close();
      }
    }
  }

  /** One end of a pair that the driver domain made. */
  private final class HandedOutChannel implements Channel {

    private @Nullable EventChannel end;

    @Override
    public int port() {
      return 0;
    }

    @Override
    public EventChannel granted() {
      EventChannel taken = new NotifyChannel(port(), new NotifySocket(take()));
      end = taken;
      return taken;
    }

    @Override
    public void close() {
      if (end != null) {
        end.close();
      }
    }
  }
}
