package io.myrixen.mx.memory;

import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;

/**
 * The ids of a window's RDMA windows. At most half are sources, so that receives can always get
 * one: otherwise two endpoints that both only announce messages would wait for each other for ever.
 *
 * <p>Ids are used in turn, so that it takes as long as possible until a generation comes again and
 * a late PULL could be taken for a new one. Confined to whoever holds the endpoint.
 */
public final class RdmaWindows {

  /** As in MX, so that a zeroed packet never names a live window. */
  static final int FIRST_GENERATION = 23;

  private final RdmaWindowEntry[] entries;
  private final int[] states;
  private final int[] generations;

  /** Free ids, a ring of {@code entries.length}: {@code freeCount} of them from {@code freeAt}. */
  private final int[] free;

  private int freeAt;
  private int freeCount;
  private int sourceCount;

  /** All RDMA windows of {@code window}, closed. */
  public RdmaWindows(MemorySegment window, WindowLayout layout) {
    int count = layout.geometry().rdmaWindowCount();
    entries = new RdmaWindowEntry[count];
    states = new int[count];
    generations = new int[count];
    free = new int[count];
    for (int id = 0; id < count; id++) {
      entries[id] = new RdmaWindowEntry(window, layout.rdmaWindowOffset(id));
      generations[id] = FIRST_GENERATION - 1;
      free[id] = id;
    }
    freeCount = count;
  }

  /**
   * Opens {@code lengthBytes} of a region, all of which is visible at once.
   *
   * @param state {@link RdmaWindowEntry#SOURCE} or {@link RdmaWindowEntry#SINK}
   * @return the id, or -1 if none is free for that state
   */
  public int openFixed(int state, int regionId, long offsetBytes, long lengthBytes) {
    return open(state, regionId, offsetBytes, lengthBytes, 0);
  }

  /**
   * Opens a ring in a region through which a message of {@code lengthBytes} is to pass; the
   * watermark is 0.
   *
   * @param state {@link RdmaWindowEntry#SOURCE} or {@link RdmaWindowEntry#SINK}
   * @param ringBytes a power of two
   * @return the id, or -1 if none is free for that state
   */
  public int openSliding(
      int state, int regionId, long offsetBytes, int ringBytes, long lengthBytes) {
    return open(state, regionId, offsetBytes, lengthBytes, ringBytes);
  }

  /**
   * Announces a message of {@code lengthBytes} that gets a ring by {@link #back} once it is wanted.
   *
   * @return the id, or -1 if none is free for a source
   */
  public int announce(long lengthBytes) {
    return open(RdmaWindowEntry.ANNOUNCED, 0, 0, lengthBytes, 0);
  }

  /** Gives the announced window {@code id} its ring; the watermark is 0. */
  public void back(int id, int regionId, long offsetBytes, int ringBytes) {
    states[id] = RdmaWindowEntry.SOURCE;
    entries[id].back(generations[id], regionId, offsetBytes, ringBytes);
  }

  private int open(int state, int regionId, long offsetBytes, long lengthBytes, int ringBytes) {
    boolean source = source(state);
    if (freeCount == 0 || (source && sourceCount == entries.length / 2)) {
      return -1;
    }
    int id = free[freeAt];
    freeAt = (freeAt + 1) & (entries.length - 1);
    freeCount--;
    if (source) {
      sourceCount++;
    }
    states[id] = state;
    generations[id] = (generations[id] + 1) & 0xFF;
    entries[id].open(state, generations[id], regionId, offsetBytes, lengthBytes, ringBytes);
    return id;
  }

  /**
   * Closes {@code id}, which may be another window's from now on. The caller knows that no pull
   * moves bytes through it any more.
   */
  public void close(int id) {
    if (states[id] == RdmaWindowEntry.CLOSED) {
      throw new IllegalStateException("closed twice: " + id);
    }
    if (source(states[id])) {
      sourceCount--;
    }
    states[id] = RdmaWindowEntry.CLOSED;
    entries[id].close();
    free[(freeAt + freeCount) & (entries.length - 1)] = id;
    freeCount++;
  }

  private static boolean source(int state) {
    return state == RdmaWindowEntry.SOURCE || state == RdmaWindowEntry.ANNOUNCED;
  }

  /** Whether {@code id} and {@code generation}, as a peer named them, are an open source's. */
  public boolean openSource(int id, int generation) {
    return id < entries.length && source(states[id]) && generations[id] == generation;
  }

  /**
   * Whether {@code id} and {@code generation}, as a peer named them, are one's that was open until
   * lately: half of the generations are held to be past.
   */
  public boolean openBefore(int id, int generation) {
    return id < entries.length
        && ((generations[id] - generation) & 0xFF) < 0x80
        && !openSource(id, generation);
  }

  /** The generation of {@code id}, 8 bits. */
  public int generation(int id) {
    return generations[id];
  }

  /** The entry of {@code id} in the window. */
  public RdmaWindowEntry entry(int id) {
    return entries[id];
  }

  /** How many are open. */
  public int openCount() {
    return entries.length - freeCount;
  }
}
