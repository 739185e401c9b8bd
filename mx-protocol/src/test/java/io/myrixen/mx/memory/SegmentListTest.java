package io.myrixen.mx.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SegmentListTest {

  private final SegmentList list = new SegmentList();

  private void assertRefused(ReturnCode code, String part, List<MemorySegment> segments) {
    MxException refused = assertThrows(MxException.class, () -> list.set(segments, true));
    assertEquals(code, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains(part), refused.getMessage());
    assertEquals(0, list.count());
    assertEquals(0, list.lengthBytes());
  }

  private static MemorySegment heap(int bytes) {
    return MemorySegment.ofArray(new byte[bytes]);
  }

  @Test
  void shouldTakeNoSegmentsAndEmptyOnes() {
    list.set(List.of(), true);
    assertEquals(0, list.lengthBytes());
    list.gather(0, heap(1), 0, 0);

    list.set(List.of(heap(0), MemorySegment.NULL, heap(3), heap(0)), true);
    assertEquals(3, list.lengthBytes());
    assertEquals(4, list.count());
  }

  @Test
  void shouldTakeSegmentsUpToTheLimitAndNoMore() {
    list.set(Collections.nCopies(256, heap(1)), false);
    assertEquals(256, list.lengthBytes());

    assertRefused(ReturnCode.BAD_SEG_CNT, "257", Collections.nCopies(257, heap(1)));
  }

  @Test
  void shouldNameTheSegmentThatCannotBeUsed() {
    assertRefused(ReturnCode.BAD_SEG_LIST, "segment 1", Arrays.asList(heap(1), null));
    assertRefused(ReturnCode.BAD_SEG_MEM, "segment 1", List.of(heap(1), heap(1).asReadOnly()));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment confined = arena.allocate(8);
      assertRefused(ReturnCode.BAD_SEG_MEM, "segment 2", List.of(heap(1), heap(1), confined));
    }
    Arena closed = Arena.ofShared();
    MemorySegment gone = closed.allocate(8);
    closed.close();
    assertRefused(ReturnCode.BAD_SEG_MEM, "segment 0 lies in an arena", List.of(gone));
  }

  @Test
  void shouldSendFromReadOnlyMemory() {
    list.set(heap(5).asReadOnly(), false);

    assertEquals(5, list.lengthBytes());
  }

  @Test
  void shouldTakeMemoryOfEveryArenaThatIsNotConfined() {
    try (Arena shared = Arena.ofShared()) {
      list.set(
          List.of(
              shared.allocate(1), Arena.ofAuto().allocate(2), Arena.global().allocate(4), heap(8)),
          true);
      assertEquals(15, list.lengthBytes());
    }
  }

  @Test
  void shouldTakeFourGigabytesLessOneAndNoMore() {
    MemorySegment large = MemorySegment.NULL.reinterpret(SegmentList.MAX_LENGTH_BYTES);
    list.set(List.of(heap(0), large, heap(0)), false);
    assertEquals(0xFFFFFFFFL, list.lengthBytes());

    assertRefused(ReturnCode.BAD_SEG_LIST, "4294967295", List.of(large, heap(1)));
    assertRefused(
        ReturnCode.BAD_SEG_LIST,
        "segment 0",
        List.of(MemorySegment.NULL.reinterpret(Long.MAX_VALUE)));
  }

  @Test
  void shouldLetGoOfTheSegmentsWhenCleared() {
    MemorySegment segment = heap(3);
    list.set(segment, true);
    assertSame(segment, list.segment(0));

    list.clear();

    assertThrows(IndexOutOfBoundsException.class, () -> list.segment(0));
    assertThrows(IndexOutOfBoundsException.class, () -> list.gather(0, heap(3), 0, 1));
  }

  @Test
  void shouldRefuseACopyBeyondTheEnd() {
    list.set(List.of(heap(3), heap(4)), true);

    assertThrows(IndexOutOfBoundsException.class, () -> list.gather(5, heap(9), 0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> list.scatter(heap(9), 0, 8, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> list.gather(-1, heap(9), 0, 1));
  }

  @Test
  void shouldSayWhichSegmentWhenItsArenaIsClosedTooEarly() {
    Arena arena = Arena.ofShared();
    list.set(List.of(heap(3), arena.allocate(4)), true);
    arena.close();

    BadSegmentException gather =
        assertThrows(BadSegmentException.class, () -> list.gather(0, heap(9), 0, 7));
    assertTrue(String.valueOf(gather.getMessage()).contains("segment 1"), gather.getMessage());
    assertThrows(BadSegmentException.class, () -> list.scatter(heap(9), 0, 3, 1));
  }

  @Test
  void shouldNotBlameTheUserWhenTheWindowIsGone() {
    Arena arena = Arena.ofShared();
    MemorySegment window = arena.allocate(8);
    arena.close();
    list.set(heap(3), true);

    RuntimeException gone =
        assertThrows(IllegalStateException.class, () -> list.gather(0, window, 0, 3));
    assertFalse((Object) gone instanceof BadSegmentException);
  }

  @RepeatedTest(30)
  void shouldCopyAsIfTheSegmentsWereOne(RepetitionInfo repetition) {
    long seed = Long.getLong("myrixen.test.seed", repetition.getCurrentRepetition());
    SplittableRandom random = new SplittableRandom(seed);
    List<MemorySegment> segments = new ArrayList<>();
    int count = random.nextInt(1, random.nextBoolean() ? 4 : 257);
    for (int i = 0; i < count; i++) {
      int bytes = random.nextInt(3) == 0 ? 0 : random.nextInt(100);
      segments.add(random.nextBoolean() ? heap(bytes) : Arena.ofAuto().allocate(bytes));
    }
    list.set(segments, true);
    int length = (int) list.lengthBytes();
    byte[] model = new byte[length];
    byte[] source = new byte[length + 16];
    byte[] target = new byte[length + 16];
    for (int step = 0; step < 300; step++) {
      int from = random.nextInt(length + 1);
      int bytes = random.nextInt(length - from + 1);
      int at = random.nextInt(17);
      if (random.nextBoolean()) {
        random.nextBytes(source);
        list.scatter(MemorySegment.ofArray(source), at, from, bytes);
        System.arraycopy(source, at, model, from, bytes);
      } else {
        list.gather(from, MemorySegment.ofArray(target), at, bytes);
        assertTrue(
            Arrays.equals(target, at, at + bytes, model, from, from + bytes),
            "seed %d, step %d".formatted(seed, step));
      }
    }
    int position = 0;
    for (MemorySegment segment : segments) {
      byte[] bytes = segment.toArray(ValueLayout.JAVA_BYTE);
      assertTrue(Arrays.equals(bytes, 0, bytes.length, model, position, position += bytes.length));
    }
  }
}
