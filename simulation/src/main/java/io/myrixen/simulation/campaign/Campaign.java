package io.myrixen.simulation.campaign;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs seeds one after the other, until one fails. After each hundred it looks whether everything
 * has occurred in them that must.
 */
public final class Campaign {

  /** So many seeds must see everything that can occur. */
  public static final int SEEDS_FOR_ALL = 100;

  private static final int PROGRESS_SEEDS = 20;

  /**
   * What a campaign came to.
   *
   * @param seeds how many ran to their end
   * @param failedSeed the seed that failed, or the first of the hundred that was complained of
   * @param seedsToRepeat how many have to run from that one on to see the failure again
   * @param failure what was wrong; null if nothing was
   * @param coverage what occurred in all
   */
  public record Result(
      int seeds, long failedSeed, int seedsToRepeat, @Nullable String failure, Coverage coverage) {

    /** Whether all was as it must be. */
    public boolean passed() {
      return failure == null;
    }
  }

  private final LongFunction<Map<String, Long>> runner;
  private final Consumer<String> progress;
  private final Function<Coverage, List<String>> judge;

  /**
   * Makes a campaign of seeds in which everything must occur that messages and faults can cause.
   */
  public Campaign(LongFunction<Map<String, Long>> runner, Consumer<String> progress) {
    this(runner, progress, Required::complaints);
  }

  /** Makes a campaign of seeds in which everything must occur that garbage can cause. */
  public static Campaign ofGarbage(Consumer<String> progress) {
    return new Campaign(new GarbageRunner(), progress, Required::complaintsOfGarbage);
  }

  /**
   * Makes a campaign.
   *
   * @param runner runs a seed
   * @param progress takes a line now and then
   * @param judge tells what is wrong with what occurred in a hundred seeds
   */
  public Campaign(
      LongFunction<Map<String, Long>> runner,
      Consumer<String> progress,
      Function<Coverage, List<String>> judge) {
    this.runner = runner;
    this.progress = progress;
    this.judge = judge;
  }

  /** Runs {@code count} seeds from {@code first} on. */
  public Result run(long first, int count) {
    var all = new Coverage();
    var hundred = new Coverage();
    for (int i = 0; i < count; i++) {
      long seed = first + i;
      try {
        Coverage one = Coverage.of(runner.apply(seed));
        all.add(one);
        hundred.add(one);
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        return new Result(i, seed, 1, reason(e), all);
      }
      int done = i + 1;
      if (done % SEEDS_FOR_ALL == 0) {
        List<String> complaints = judge.apply(hundred);
        if (!complaints.isEmpty()) {
          String what = "in %d seeds: ".formatted(SEEDS_FOR_ALL) + String.join("; ", complaints);
          return new Result(done, seed - SEEDS_FOR_ALL + 1, SEEDS_FOR_ALL, what, all);
        }
        hundred = new Coverage();
      }
      if (done % PROGRESS_SEEDS == 0) {
        progress.accept("%d of %d seeds".formatted(done, count));
      }
    }
    return new Result(count, 0, 0, null, all);
  }

  private static String reason(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
