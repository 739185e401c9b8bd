package io.myrixen.netback;

import io.myrixen.mx.control.ControlRequest.PageList;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.MappedPages;
import org.jspecify.annotations.Nullable;

/**
 * Where the memory and the channels of one client's endpoints come from: a VM grants them, a native
 * process is handed them. Confined to netback's thread.
 */
interface Supply {

  /** What asking for pages came to. */
  sealed interface Mapping permits Mapped, Refusal {}

  /** The pages are here until they are given to {@link #unmap}. */
  record Mapped(MappedPages pages) implements Mapping {}

  /** Maps the pages of a window. */
  Mapping window(PageList list, int pageCount);

  /** Maps the pages of a region. */
  Mapping region(PageList list, int pageCount, Access access);

  /** Unmaps pages that came from here, once. */
  void unmap(MappedPages pages);

  /** Returns this end of an endpoint's channel; null if there is no such {@code port}. */
  @Nullable EventChannel channel(int port);
}
