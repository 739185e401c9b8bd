package io.myrixen.mx.memory;

import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;

/**
 * Copies of tiny and small payloads, kept until they are acknowledged since they may have to be
 * sent again. A cell holds one payload of at most {@link #CELL_BYTES}. Grows by doubling up to its
 * limit and allocates nothing else. Confined to whoever holds the endpoint.
 */
public final class RetainedPool {

  /** The largest small message. */
  public static final int CELL_BYTES = WindowLayout.SMALL_CELL_BYTES;

  /** What an idle endpoint pays: 8 KiB. */
  private static final int INITIAL_CELLS = 64;

  private final int maxCells;
  private final FreeList cells;
  private MemorySegment memory;

  /**
   * Makes it with all cells free.
   *
   * @param maxCells how many payloads may be unacknowledged at once, at least 1
   */
  public RetainedPool(int maxCells) {
    if (maxCells < 1) {
      throw new IllegalArgumentException("maxCells must be at least 1: " + maxCells);
    }
    this.maxCells = maxCells;
    cells = new FreeList(Math.min(INITIAL_CELLS, maxCells));
    memory = MemorySegment.ofArray(new byte[cells.capacity() * CELL_BYTES]);
  }

  /**
   * Returns a cell that is the caller's until released, or -1 if the limit is reached. {@link
   * #memory} may be another segment afterwards, with the same contents.
   */
  public int acquire() {
    int cell = cells.acquire();
    if (cell < 0 && cells.capacity() < maxCells) {
      cells.grow(Math.min(2 * cells.capacity(), maxCells));
      MemorySegment grown = MemorySegment.ofArray(new byte[cells.capacity() * CELL_BYTES]);
      MemorySegment.copy(memory, 0, grown, 0, memory.byteSize());
      memory = grown;
      cell = cells.acquire();
    }
    return cell;
  }

  /** Gives {@code cell} back. */
  public void release(int cell) {
    cells.release(cell);
  }

  /** Where all cells lie; ask again after each {@link #acquire}. */
  public MemorySegment memory() {
    return memory;
  }

  /** Where {@code cell} begins in {@link #memory}, in bytes. */
  public long offset(int cell) {
    return (long) cell * CELL_BYTES;
  }

  /** How many cells are acquired. */
  public int usedCount() {
    return cells.capacity() - cells.freeCount();
  }
}
