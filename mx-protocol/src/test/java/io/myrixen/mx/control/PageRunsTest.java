package io.myrixen.mx.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRunsTest {

  private final byte[] bytes = new byte[PageRuns.MAX_RUNS * PageRuns.RUN_BYTES];
  private final MemorySegment memory = MemorySegment.ofArray(bytes);

  @RepeatedTest(32)
  void shouldListTheReferencesThatWereWritten() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    int[] references = new int[1 + random.nextInt(1000)];
    references[0] = random.nextInt();
    for (int i = 1; i < references.length; i++) {
      // Not upwards into zero: a run does not wrap around the space of references.
      boolean follows = random.nextInt(4) > 0 && references[i - 1] != -1;
      references[i] = follows ? references[i - 1] + 1 : random.nextInt();
    }

    int runs = PageRuns.count(page -> references[page], references.length);
    PageRuns.write(memory, page -> references[page], references.length);
    var expanded =
        assertInstanceOf(
            PageRuns.References.class,
            PageRuns.expand(bytes, runs, references.length),
            "seed=" + seed);

    assertArrayEquals(references, expanded.values(), "seed=" + seed);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 0, 0, RUN_LENGTH, 0",
    "-1, 2, 2, RUN_LENGTH, 2",
    "5, 3, 4, RUN_TOTAL, 3",
    "0, -1, 4, RUN_TOTAL, 4294967295",
  })
  void shouldNameWhatIsWrongWithARun(
      int first, int length, int pageCount, Detail detail, long value) {
    memory.set(ValueLayout.JAVA_INT_UNALIGNED, 0, first);
    memory.set(ValueLayout.JAVA_INT_UNALIGNED, 4, length);

    assertEquals(new PageRuns.Malformed(detail, value), PageRuns.expand(bytes, 1, pageCount));
  }

  @Test
  void shouldNotOverflowWhenEveryRunIsHuge() {
    memory.fill((byte) 0);
    for (int run = 0; run < PageRuns.MAX_RUNS; run++) {
      memory.set(ValueLayout.JAVA_INT_UNALIGNED, run * 8L + 4, -1);
    }

    assertEquals(
        new PageRuns.Malformed(Detail.RUN_TOTAL, 2048 * 0xFFFFFFFFL),
        PageRuns.expand(bytes, PageRuns.MAX_RUNS, 4));
  }
}
