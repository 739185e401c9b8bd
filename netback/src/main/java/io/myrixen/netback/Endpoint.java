package io.myrixen.netback;

import io.myrixen.xen.EventChannel;
import io.myrixen.xen.MappedPages;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * What one endpoint holds here: its window, its channel, its regions. It goes through its states in
 * order and never back.
 */
final class Endpoint {

  /** How far it is. */
  enum State {
    /** The NIC has been asked to open it. */
    OPENING,
    /** Requests for it are served. */
    OPEN,
    /** The NIC has been asked to close it. */
    CLOSING,
    /** Nothing of it is mapped any more. */
    GONE
  }

  /** Memory that the VM registered. */
  record Region(int id, MappedPages pages) {}

  final int id;
  final int session;
  final MappedPages window;
  final EventChannel channel;
  final Coupling coupling;
  final Int2ObjectHashMap<Region> regions = new Int2ObjectHashMap<>();

  /** Regions that the NIC has been asked to let go of. */
  final List<Region> leaving = new ArrayList<>();

  State state = State.OPENING;

  Endpoint(int id, int session, MappedPages window, EventChannel channel, Coupling coupling) {
    this.id = id;
    this.session = session;
    this.window = window;
    this.channel = channel;
    this.coupling = coupling;
  }

  /** Unmaps a region, once, and gives it back to the account. */
  void unmap(Region region, Supply supply, VmAccount account) {
    if (regions.remove(region.id(), region) || leaving.remove(region)) {
      supply.unmap(region.pages());
      account.giveRegion(region.pages().pageCount());
    }
  }

  /** Unmaps everything, once. The NIC has let go of it. The channel stays. */
  void unmapAll(Supply supply, VmAccount account) {
    if (state == State.GONE) {
      return;
    }
    state = State.GONE;
    for (Region region : List.copyOf(regions.values())) {
      unmap(region, supply, account);
    }
    for (Region region : List.copyOf(leaving)) {
      unmap(region, supply, account);
    }
    supply.unmap(window);
    account.giveEndpoint(window.pageCount());
  }
}
