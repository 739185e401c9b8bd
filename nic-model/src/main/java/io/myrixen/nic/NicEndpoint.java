package io.myrixen.nic;

import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.nic.NicCounters.Values;
import java.lang.foreign.MemorySegment;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An open endpoint: the NIC's ends of its window, its translation table, its counts. Touched by the
 * NIC's thread alone, counts apart. Holds nothing that the VM's library could not rebuild.
 */
final class NicEndpoint {

  private final LocalBoard board;
  private final int id;
  private final int sessionId;
  private final int slot;
  private final MemorySegment window;
  private final WindowLayout layout;
  private final ControlLines control;
  private final CommandQueue commands;
  private final CompletionQueue completions;
  private final ReceiveQueue receive;
  private final RdmaWindowEntry[] rdmaWindows;
  private final int[] pullsOnWindow;
  private final @Nullable SlidingSource[] slidingSources;
  private final PullPool pulls;
  private final HostQueries hostQueries = new HostQueries();
  private final Int2ObjectHashMap<Region> regions = new Int2ObjectHashMap<>();
  private final Runnable doorbell;
  private final Tally tally = new Tally();
  private long creditEpoch;
  private long wantedEpoch;
  private boolean open = true;

  /**
   * Opens an endpoint.
   *
   * @param slot its number among all open endpoints of the NIC
   */
  NicEndpoint(EndpointConfig config, LocalBoard board, int slot, int pullCount) {
    this.board = board;
    this.id = config.endpointId();
    this.sessionId = config.sessionId();
    this.slot = slot;
    this.layout = new WindowLayout(config.geometry());
    this.window = config.window().asSlice(0, layout.lengthBytes());
    this.control = new ControlLines(window);
    this.commands = new CommandQueue(window, layout, control);
    this.completions = new CompletionQueue(window, layout, control);
    this.receive = new ReceiveQueue(window, layout, control);
    this.rdmaWindows = new RdmaWindowEntry[config.geometry().rdmaWindowCount()];
    for (int i = 0; i < rdmaWindows.length; i++) {
      rdmaWindows[i] = new RdmaWindowEntry(window, layout.rdmaWindowOffset(i));
    }
    this.pullsOnWindow = new int[rdmaWindows.length];
    this.slidingSources = new @Nullable SlidingSource[rdmaWindows.length];
    this.pulls = new PullPool(pullCount);
    this.doorbell = config.doorbell();
  }

  LocalBoard board() {
    return board;
  }

  VmShare vm() {
    return board.vm();
  }

  int id() {
    return id;
  }

  int sessionId() {
    return sessionId;
  }

  int slot() {
    return slot;
  }

  MemorySegment window() {
    return window;
  }

  WindowLayout layout() {
    return layout;
  }

  WindowGeometry geometry() {
    return layout.geometry();
  }

  ControlLines control() {
    return control;
  }

  CommandQueue commands() {
    return commands;
  }

  CompletionQueue completions() {
    return completions;
  }

  ReceiveQueue receive() {
    return receive;
  }

  /** The entry of an RDMA window; null beyond the table. */
  @Nullable RdmaWindowEntry rdmaWindow(int windowId) {
    return windowId < rdmaWindows.length ? rdmaWindows[windowId] : null;
  }

  /** How many pulls in progress use an RDMA window. */
  int pullsOnWindow(int windowId) {
    return pullsOnWindow[windowId];
  }

  void addPullsOnWindow(int windowId, int count) {
    pullsOnWindow[windowId] += count;
  }

  /** What serves peers from a staged window; null if there never was one with that id. */
  @Nullable SlidingSource slidingSource(int windowId) {
    return windowId < slidingSources.length ? slidingSources[windowId] : null;
  }

  /** As {@link #slidingSource}, made if it is not there; the table has the id. */
  SlidingSource newSlidingSource(int windowId) {
    SlidingSource source = slidingSources[windowId];
    if (source == null) {
      source = new SlidingSource();
      slidingSources[windowId] = source;
    }
    return source;
  }

  PullPool pulls() {
    return pulls;
  }

  HostQueries hostQueries() {
    return hostQueries;
  }

  Int2ObjectHashMap<Region> regions() {
    return regions;
  }

  /** Whether its window may still be touched. */
  boolean open() {
    return open;
  }

  void close() {
    open = false;
  }

  long creditEpoch() {
    return creditEpoch;
  }

  /** Tells the VM that a receiver which refused it has room again. */
  void moveCreditEpoch() {
    creditEpoch++;
    control.creditEpochRelease(creditEpoch);
  }

  /** Tells the VM that a pull waits for one of its announced windows. */
  void moveWantedEpoch() {
    wantedEpoch++;
    control.wantedEpochRelease(wantedEpoch);
  }

  void ring() {
    doorbell.run();
  }

  void count(NicCounter counter, long count) {
    tally.add(counter, count);
  }

  /** What has been counted since it was opened. Any thread. */
  Values counters() {
    return tally.snapshot();
  }
}
