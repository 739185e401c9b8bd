package io.myrixen.mx.control;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Grant references as runs of consecutive ones, the form in which the pages of a window or region
 * are named: (u32 first reference, u32 count), little-endian, 512 to a page.
 */
public final class PageRuns {

  /** Length of a run, in bytes. */
  public static final int RUN_BYTES = 2 * Integer.BYTES;

  /** Runs in one page. */
  public static final int RUNS_PER_PAGE = 4096 / RUN_BYTES;

  /** Runs that one request can name. */
  public static final int MAX_RUNS = ControlRing.MAX_INDIRECT_PAGES * RUNS_PER_PAGE;

  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private PageRuns() {}

  /** Returns how many pages {@code runCount} runs take. */
  public static int indirectPages(int runCount) {
    return (runCount + RUNS_PER_PAGE - 1) / RUNS_PER_PAGE;
  }

  /** Counts the runs of {@code pageCount} references, given by page index. */
  public static int count(IntUnaryOperator reference, int pageCount) {
    int runs = 0;
    for (int page = 0; page < pageCount; page++) {
      if (page == 0 || reference.applyAsInt(page) != reference.applyAsInt(page - 1) + 1) {
        runs++;
      }
    }
    return runs;
  }

  /**
   * Writes the runs of {@code pageCount} references into {@code indirect}, which has room for
   * {@link #count} of them.
   */
  public static void write(MemorySegment indirect, IntUnaryOperator reference, int pageCount) {
    long offset = -RUN_BYTES;
    int length = 0;
    for (int page = 0; page < pageCount; page++) {
      int current = reference.applyAsInt(page);
      if (page == 0 || current != reference.applyAsInt(page - 1) + 1) {
        offset += RUN_BYTES;
        length = 0;
        indirect.set(WORD, offset, current);
      }
      length++;
      indirect.set(WORD, offset + Integer.BYTES, length);
    }
  }

  /** What runs that a peer wrote come to. */
  public sealed interface Expansion {}

  /** Every reference, in the order of the pages. */
  public static final class References implements Expansion {

    private final int[] values;

    private References(int[] values) {
      this.values = values;
    }

    /** The references; the caller's to keep. */
    public int[] values() {
      return values;
    }
  }

  /** The first thing wrong. */
  public record Malformed(Detail detail, long value) implements Expansion {}

  /**
   * Judges {@code runCount} runs and lists their references. Never throws on what a peer wrote.
   *
   * @param runs a private copy of them
   * @param pageCount how many references they must come to, at most {@link ControlRing#MAX_PAGES}
   */
  public static Expansion expand(byte[] runs, int runCount, int pageCount) {
    MemorySegment memory = MemorySegment.ofArray(runs);
    return total(memory, runCount, pageCount)
        .<Expansion>map(malformed -> malformed)
        .orElseGet(() -> new References(list(memory, runCount, pageCount)));
  }

  private static Optional<Malformed> total(MemorySegment memory, int runCount, int pageCount) {
    long total = 0;
    for (int run = 0; run < runCount; run++) {
      long first = Integer.toUnsignedLong(memory.get(WORD, (long) run * RUN_BYTES));
      long length =
          Integer.toUnsignedLong(memory.get(WORD, (long) run * RUN_BYTES + Integer.BYTES));
      if (length == 0 || first + length > 1L << 32) {
        return Optional.of(new Malformed(Detail.RUN_LENGTH, length));
      }
      total += length;
    }
    return total == pageCount
        ? Optional.empty()
        : Optional.of(new Malformed(Detail.RUN_TOTAL, total));
  }

  private static int[] list(MemorySegment memory, int runCount, int pageCount) {
    int[] references = new int[pageCount];
    int page = 0;
    for (int run = 0; run < runCount; run++) {
      int first = memory.get(WORD, (long) run * RUN_BYTES);
      int length = memory.get(WORD, (long) run * RUN_BYTES + Integer.BYTES);
      for (int i = 0; i < length; i++) {
        references[page++] = first + i;
      }
    }
    return references;
  }
}
