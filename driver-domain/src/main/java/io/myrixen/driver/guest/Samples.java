package io.myrixen.driver.guest;

import java.util.Arrays;

/**
 * Times taken while a load runs. How long it runs is a budget; times of the first tenth of it warm
 * up and are not kept. Confined to one thread; adding allocates nothing.
 */
public final class Samples {

  /** Four seconds of round trips of 16 microseconds; a load ends when they are full. */
  private static final int CAPACITY = 1 << 18;

  private static final int WARM_UP_SHARE = 10;
  private static final double P99 = 0.99;

  private final long[] nanos = new long[CAPACITY];
  private int count;
  private long beginNs;
  private long budgetNs;

  /** Forgets everything; a load begins now. */
  public void begin(long budgetNs) {
    this.budgetNs = budgetNs;
    count = 0;
    beginNs = System.nanoTime();
  }

  /** Whether what begins at {@code startNs} is to be the last. */
  public boolean endsAfter(long startNs) {
    return startNs - beginNs >= budgetNs || count == CAPACITY - 1;
  }

  /** Keeps a time, unless it warmed up. The last one is always kept, so that there is one. */
  public void add(long startNs, long endNs) {
    if (startNs - beginNs >= budgetNs / WARM_UP_SHARE) {
      nanos[count++] = endNs - startNs;
    }
  }

  /**
   * The answer {@code driven} of whoever measured: {@code p50Ns}, {@code p99Ns} and {@code
   * samples}.
   *
   * @throws IllegalStateException if there are none
   */
  public Line line() {
    if (count == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    Arrays.sort(nanos, 0, count);
    return Line.of("driven")
        .with("p50Ns", nanos[count / 2])
        .with("p99Ns", nanos[(int) (count * P99)])
        .with("samples", count);
  }
}
