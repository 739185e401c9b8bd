package io.myrixen.driver.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The round trip of a cache line between two threads that spin, each on a processor: what the
 * machine itself needs to hand something over, at this moment. Confined to one thread.
 */
public final class CacheLine {

  private static final VarHandle LONG = MethodHandles.arrayElementVarHandle(long[].class);

  /** Longs between the two lines and around them: two lines, since processors fetch pairs. */
  private static final int GAP = 16;

  private static final int THERE = GAP;
  private static final int BACK = 2 * GAP;

  private static final long END = -1;

  /** Long enough that the two threads have found a processor each for most of it. */
  private static final long DURATION_NS = 2_000_000;

  /** Where somebody else has a processor, it goes on until there were as many batches. */
  private static final int FEWEST_BATCHES = 500;

  /** But no longer than 100 ms: then it is true that nothing is handed over any faster. */
  private static final long LONGEST_NS = 100_000_000;

  /** Round trips between two looks at the clock, which costs about as much as one of them. */
  private static final int BATCH = 16;

  private static final int MAX_BATCHES = 8_192;
  private static final int WARM_UP_CALLS = 20;

  private final long[] lines = new long[3 * GAP + 1];
  private final long[] batchNanos = new long[MAX_BATCHES];

  /** Makes one; its thread runs only while it measures. */
  public CacheLine() {}

  /** Runs until the code is compiled. */
  public void warmUp() throws InterruptedException {
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      var _ = roundTripNs();
    }
  }

  /** Returns the median round trip. */
  public long roundTripNs() throws InterruptedException {
    LONG.setVolatile(lines, THERE, 0L);
    LONG.setVolatile(lines, BACK, 0L);
    Thread other = Thread.ofPlatform().name("cache line").daemon(true).start(this::answer);
    int batches = 0;
    long number = 0;
    long beginNs = System.nanoTime();
    long startNs = beginNs;
    while (goesOn(batches, startNs - beginNs)) {
      for (int i = 0; i < BATCH; i++) {
        number++;
        LONG.setRelease(lines, THERE, number);
        while ((long) LONG.getAcquire(lines, BACK) != number) {
          Thread.onSpinWait();
        }
      }
      long endNs = System.nanoTime();
      batchNanos[batches++] = endNs - startNs;
      startNs = endNs;
    }
    LONG.setRelease(lines, THERE, END);
    other.join();
    Arrays.sort(batchNanos, 0, batches);
    return batchNanos[batches / 2] / BATCH;
  }

  private static boolean goesOn(int batches, long elapsedNs) {
    return batches < MAX_BATCHES
        && (elapsedNs < DURATION_NS || (batches < FEWEST_BATCHES && elapsedNs < LONGEST_NS));
  }

  private void answer() {
    long seen = 0;
    while (true) {
      long number = (long) LONG.getAcquire(lines, THERE);
      if (number == END) {
        return;
      }
      if (number != seen) {
        seen = number;
        LONG.setRelease(lines, BACK, number);
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
