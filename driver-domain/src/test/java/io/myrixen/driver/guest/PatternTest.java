package io.myrixen.driver.guest;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class PatternTest {

  @RepeatedTest(20)
  void shouldMissNoSingleChangedBit(RepetitionInfo repetition) {
    var random = new SplittableRandom(repetition.getCurrentRepetition());
    MemorySegment segment = MemorySegment.ofArray(new byte[1 + random.nextInt(300)]);
    long seed = random.nextLong();
    Pattern.fill(segment, seed);
    assertTrue(Pattern.matches(segment, seed));
    assertFalse(Pattern.matches(segment, seed + 1) && segment.byteSize() > 8);

    long at = random.nextLong(segment.byteSize());
    segment.set(JAVA_BYTE, at, (byte) (segment.get(JAVA_BYTE, at) ^ 1 << random.nextInt(8)));

    assertFalse(Pattern.matches(segment, seed));
  }

  @Test
  void shouldNotMistakeAShiftedMessageForTheRightOne() {
    MemorySegment segment = MemorySegment.ofArray(new byte[64]);
    Pattern.fill(segment, 7);
    MemorySegment shifted = MemorySegment.ofArray(new byte[64]);
    MemorySegment.copy(segment, 8, shifted, 0, 56);
    MemorySegment.copy(segment, 0, shifted, 56, 8);
    assertFalse(Pattern.matches(shifted, 7));
  }

  @Test
  void shouldSeeAWriteBehindTheMessage() {
    MemorySegment guard = MemorySegment.ofArray(new byte[64]).fill(Pattern.UNTOUCHED);
    assertTrue(Pattern.untouched(guard));
    guard.set(JAVA_BYTE, 63, (byte) 0);
    assertFalse(Pattern.untouched(guard));
  }

  @Test
  void shouldPlanEveryLengthInEveryCombinationOnce() {
    var distinct =
        MessageShape.PLAN.stream()
            .map(s ->
                new MessageShape(
                    0,
                    s.lengthBytes(),
                    s.senderRegistered(),
                    s.receiverRegistered(),
                    s.synchronous()))
            .collect(Collectors.toSet());
    assertEquals(MessageShape.PLAN.size(), distinct.size());
    assertEquals(
        java.util.Set.copyOf(MessageShape.PLAN), java.util.Set.copyOf(MessageShape.shuffled(3)));
  }
}
