package io.myrixen.simulation.traffic;

import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.simulation.oracle.MatchInfo;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How an application goes about things.
 *
 * @param sendWindow sends that it has under way at most
 * @param receiveWindow receives that it keeps posted
 * @param batch what it begins in one turn
 * @param turnNs how long a turn takes, with its thinking
 * @param lookNs how often it looks when there is nothing to do
 * @param reactionNs from a bell to its next turn
 * @param computePerMillion turns after which it computes
 * @param computeNs how long at most
 * @param waits whether it sleeps in the library now and then, instead of looking
 * @param exactPercent receives for one certain message
 * @param cutPercent buffers in several segments
 * @param registeredPercent buffers of large messages that are registered
 * @param synchronousPercent sends that are synchronous
 * @param limitedPercent sends and connects that have a time-out of their own
 * @param probePercent receives before which a probe looks what there is, and waits that are probes
 * @param firstSequence where its numbers begin
 * @param pace how it keeps up with the others
 * @param options of its endpoint
 */
record Habits(
    int sendWindow,
    int receiveWindow,
    int batch,
    long turnNs,
    long lookNs,
    long reactionNs,
    int computePerMillion,
    long computeNs,
    boolean waits,
    int exactPercent,
    int cutPercent,
    int registeredPercent,
    int synchronousPercent,
    int limitedPercent,
    int probePercent,
    int firstSequence,
    Pace pace,
    EndpointOptions options) {

  /** Where MX's numbers of fourteen bits begin again. */
  private static final int SEQUENCES = 1 << 14;

  private static final int TAG_SHIFT = Long.numberOfTrailingZeros(MatchInfo.TAG_MASK);
  private static final int SENDER_SHIFT = Long.numberOfTrailingZeros(MatchInfo.SENDER_MASK);

  /** Time-outs are a microsecond to two seconds. */
  private static final long SHORTEST_LIMIT_NS = 1_000;

  private static final int LIMIT_DOUBLINGS = 22;

  private static final int MOST_SENDS_LOG2 = 5;

  private static final int SLUGGISH_LOG2 = 8;
  private static final int SLUGGISH_PER_MILLION = 500_000;

  /** What every receive has to name. */
  long contextMask() {
    return options.contextIds().mask();
  }

  /** Draws a time-out for a request, in nanoseconds; 0 for most: none. */
  long drawLimitNs(RandomGenerator random) {
    return random.nextInt(100) < limitedPercent
        ? SHORTEST_LIMIT_NS << random.nextInt(LIMIT_DOUBLINGS)
        : 0;
  }

  static Habits draw(RandomGenerator random, EndpointOptions base, Pace pace) {
    boolean sluggish = pace == Pace.SLUGGISH;
    boolean background = random.nextInt(4) > 0;
    EndpointOptions options =
        contexts(base, random)
            .withBackgroundProgress(background && !sluggish)
            .withWait(1, Duration.ZERO)
            .withStagingBytes((64L << 10) << random.nextInt(3))
            .withRendezvousThreshold(random.nextInt(4) == 0 ? 4_096 : 32_768)
            .withUnexpectedBytes((128L << 10) << random.nextInt(8))
            .withGeometry(sluggish ? WindowGeometry.SMALLEST : geometry(random));
    return new Habits(
        1 << (pace == Pace.EAGER ? MOST_SENDS_LOG2 : random.nextInt(MOST_SENDS_LOG2 + 1)),
        1 << random.nextInt(6),
        1 + random.nextInt(8),
        1_000 + random.nextInt(100_000),
        200_000 + random.nextInt(2_000_000),
        1_000 + random.nextInt(20_000),
        sluggish ? SLUGGISH_PER_MILLION : random.nextInt(3) == 0 ? random.nextInt(20_000) : 0,
        1_000_000L << (sluggish ? SLUGGISH_LOG2 : random.nextInt(11)),
        random.nextBoolean(),
        random.nextInt(60),
        random.nextInt(50),
        random.nextInt(100),
        random.nextInt(15),
        random.nextInt(3) == 0 ? random.nextInt(20) : 0,
        random.nextInt(50),
        random.nextBoolean() ? SEQUENCES - 1 - random.nextInt(64) : random.nextInt(SEQUENCES),
        pace,
        options);
  }

  /**
   * The tag, or the sender, or a part of it: what all receives at such an endpoint have to name.
   */
  private static EndpointOptions contexts(EndpointOptions base, RandomGenerator random) {
    return switch (random.nextInt(5)) {
      case 0 -> base.withContextId(1 + random.nextInt(2), TAG_SHIFT);
      case 1 -> base.withContextId(1 + random.nextInt(4), SENDER_SHIFT);
      default -> base;
    };
  }

  private static WindowGeometry geometry(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> WindowGeometry.SMALLEST;
      case 1 -> new WindowGeometry(5, 6, 6, 3, 4, 17);
      default -> WindowGeometry.DEFAULT;
    };
  }
}
