package io.myrixen.driver.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How busy the machine's processors are, by anybody's work. */
final class ProcessorUse {

  private static final Path STAT = Path.of("/proc/stat");

  /** Fields of the first line that are no work: idle and iowait (proc(5)). */
  private static final int IDLE_FIELD = 3;

  private static final int IO_WAIT_FIELD = 4;

  /** The fields behind these are guests' time, which user and nice hold already. */
  private static final int FIELDS = 8;

  /** Linux counts in hundredths of a second, whatever its timer does (USER_HZ). */
  private static final double TICKS_PER_SECOND = 100;

  private static final long INTERVAL_MS = 1_000;

  private ProcessorUse() {}

  /** Sleeps a second and returns how much of one processor was busy meanwhile. */
  static double whileAsleep() throws IOException, InterruptedException {
    long beginNs = System.nanoTime();
    long busy = busyTicks(Files.readString(STAT));
    TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
    busy = busyTicks(Files.readString(STAT)) - busy;
    return busy / TICKS_PER_SECOND / ((System.nanoTime() - beginNs) / 1e9);
  }

  /**
   * Returns the ticks of work that the text of {@code /proc/stat} tells of, over all processors.
   */
  static long busyTicks(String stat) {
    String[] words = stat.lines().findFirst().orElse("").split(" +", -1);
    long[] ticks = Stream.of(words).skip(1).limit(FIELDS).mapToLong(Long::parseLong).toArray();
    long busy = 0;
    for (int i = 0; i < ticks.length; i++) {
      if (i != IDLE_FIELD && i != IO_WAIT_FIELD) {
        busy += ticks[i];
      }
    }
    return busy;
  }
}
