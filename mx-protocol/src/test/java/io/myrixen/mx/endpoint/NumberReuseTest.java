package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** When a sequence number may be used again. */
class NumberReuseTest {

  private static final long LIFETIME_NS = 4_000_000;

  private final NumberReuse numbers = new NumberReuse(LIFETIME_NS);

  @Test
  void shouldNotHoldAFirstTurn() {
    int sequence = Sequence.of(2, 0x3FFD);
    for (int i = 0; i < 15_000; i++) {
      assertEquals(0, numbers.holdNs(sequence, 0), "number " + sequence);
      sequence = Sequence.next(sequence);
    }
  }

  @Test
  void shouldHoldATurnThatTakesLessThanALifetime() {
    int sequence = Sequence.of(0, 1);
    long nowNs = Long.MAX_VALUE - 1_000_000; // About to pass the clock's own wrap.
    long heldNs = 0;
    for (int i = 0; i < 10 * Sequence.SPAN; i++) {
      long holdNs = numbers.holdNs(sequence, nowNs);
      if (holdNs > 0) {
        heldNs += holdNs;
        nowNs += holdNs;
        assertEquals(0, numbers.holdNs(sequence, nowNs));
      }
      sequence = Sequence.next(sequence);
    }
    assertTrue(heldNs >= 9 * LIFETIME_NS, "held for " + heldNs);
    assertTrue(heldNs <= 12 * LIFETIME_NS, "held for " + heldNs);
  }

  @Test
  void shouldNotHoldATurnThatTakesLonger() {
    int sequence = Sequence.of(0, 1);
    long nowNs = 0;
    for (int i = 0; i < 10 * Sequence.SPAN; i++) {
      assertEquals(0, numbers.holdNs(sequence, nowNs));
      nowNs += 2 * LIFETIME_NS / Sequence.SPAN;
      sequence = Sequence.next(sequence);
    }
  }

  /**
   * Goal: while a frame of an earlier use of a number lives, that number is not within a receiver's
   * reach. Method: a sender with a window that is acknowledged at random, each number resent at the
   * last moment, at a random pace; each frame lives for the whole lifetime.
   */
  @RepeatedTest(16)
  void shouldNotReachANumberWhoseFrameLives() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    var diesAtNs = new long[Sequence.SPAN];
    int sequence = Sequence.of(1, random.nextInt(Sequence.SPAN));
    int unacked = sequence;
    long nowNs = 1;
    for (int i = 0; i < 6 * Sequence.SPAN; i++) {
      boolean full = Sequence.distance(unacked, sequence) == Partner.WINDOW;
      int acks = full || random.nextInt(20) == 0 ? 1 + random.nextInt(Partner.WINDOW) : 0;
      while (acks-- > 0 && unacked != sequence) {
        diesAtNs[Sequence.number(unacked)] = nowNs + LIFETIME_NS; // Resent, and acknowledged now.
        unacked = Sequence.next(unacked);
      }
      nowNs += random.nextInt(300);
      nowNs += numbers.holdNs(sequence, nowNs);
      assertEquals(0, numbers.holdNs(sequence, nowNs), "step " + i + " seed=" + seed);
      int reached = Sequence.number(sequence + Partner.WINDOW);
      assertTrue(diesAtNs[reached] <= nowNs, "step " + i + " seed=" + seed);
      sequence = Sequence.next(sequence);
    }
  }
}
