package io.myrixen.driver.bench.result;

import java.util.List;
import java.util.stream.Stream;

/**
 * A whole run.
 *
 * @param machine where
 * @param commit of what was measured, or {@code unknown}
 * @param command that was given
 * @param rounds that were run
 * @param dropped measurements in which the processors moved each time they were tried
 * @param asleepShare of one processor, busy while everything slept, before the first round
 */
public record BenchResult(
    Machine machine,
    String commit,
    String command,
    int rounds,
    int dropped,
    double asleepShare,
    Readings readings) {

  /** Above this share of a processor, whatever should sleep disturbs what is measured. */
  private static final double QUIET_SHARE = 0.1;

  /** Whether the machine was otherwise idle and everything that should sleep slept. */
  public boolean quiet() {
    return asleepShare <= QUIET_SHARE;
  }

  /** What the bars say. */
  public List<Verdict> verdicts() {
    return Bars.judge(readings);
  }

  /** Whether all bars hold. */
  public boolean holds() {
    return verdicts().stream().allMatch(Verdict::holds);
  }

  /** The comparisons that matter, in the order in which they are shown. */
  public List<Ratio> ratios() {
    return Stream.of(
            readings.ratios(Implementation.VM, Implementation.NATIVE),
            readings.ratios(Implementation.VM, Implementation.RELAY),
            readings.ratios(Implementation.RELAYED, Implementation.VM))
        .flatMap(List::stream)
        .toList();
  }
}
