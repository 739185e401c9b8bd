package io.myrixen.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class GarbageTest {

  /** A byte: the smallest object has sixteen. JMH's own few kilobytes an iteration come to less. */
  private static final double NOTHING = 1;

  /**
   * Goal: in steady state a message of any class makes no garbage anywhere on its way. Method:
   * JMH's allocation profiler over messages of each class in turn. The least of some iterations
   * counts, since in a busy one a compiler may not have finished yet.
   */
  @Test
  void shouldMakeNoGarbagePerMessage() throws RunnerException {
    System.setProperty("jmh.ignoreLock", "true"); // Another run beside this one disturbs no counts.
    var options =
        new OptionsBuilder()
            .include(MessageBenchmark.class.getName() + ".message")
            .param("size", "8", "128", "32768", "65536")
            .warmupIterations(2)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(4)
            .measurementTime(TimeValue.milliseconds(500))
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .build();

    Collection<RunResult> results = new Runner(options).run();

    assertEquals(4, results.size());
    for (RunResult result : results) {
      double least =
          result.getBenchmarkResults().stream()
              .flatMap(fork -> fork.getIterationResults().stream())
              .mapToDouble(GarbageTest::bytesPerMessage)
              .min()
              .orElseThrow();
      assertTrue(least < NOTHING, () -> result.getParams().getParam("size") + ": " + least + " B");
    }
  }

  private static double bytesPerMessage(IterationResult iteration) {
    return Objects.requireNonNull(iteration.getSecondaryResults().get("gc.alloc.rate.norm"))
        .getScore();
  }
}
