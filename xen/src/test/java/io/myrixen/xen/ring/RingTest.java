package io.myrixen.xen.ring;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingTest {

  private static final ValueLayout.OfInt LITTLE_INT = JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int ENTRY_BYTES = 16;

  private final MemorySegment page = Arena.ofAuto().allocate(4096, 4096);

  @Test
  void shouldLayOutTheHeaderAsXenDoes() {
    MemoryLayout header =
        MemoryLayout.structLayout(
            JAVA_INT.withName("req_prod"),
            JAVA_INT.withName("req_event"),
            JAVA_INT.withName("rsp_prod"),
            JAVA_INT.withName("rsp_event"),
            ValueLayout.JAVA_BYTE.withName("front_lives"),
            ValueLayout.JAVA_BYTE.withName("back_lives"),
            MemoryLayout.sequenceLayout(46, ValueLayout.JAVA_BYTE).withName("pad"));

    assertEquals(header.byteOffset(groupElement("req_prod")), RingLayout.REQUESTS_PRODUCED_OFFSET);
    assertEquals(header.byteOffset(groupElement("req_event")), RingLayout.REQUEST_EVENT_OFFSET);
    assertEquals(header.byteOffset(groupElement("rsp_prod")), RingLayout.RESPONSES_PRODUCED_OFFSET);
    assertEquals(header.byteOffset(groupElement("rsp_event")), RingLayout.RESPONSE_EVENT_OFFSET);
    assertEquals(header.byteOffset(groupElement("front_lives")), RingLayout.FRONT_LIVES_OFFSET);
    assertEquals(header.byteOffset(groupElement("back_lives")), RingLayout.BACK_LIVES_OFFSET);
    assertEquals(header.byteOffset(groupElement("pad")), RingLayout.RESERVED_OFFSET);
    assertEquals(header.byteSize(), RingLayout.HEADER_BYTES);
  }

  @Test
  void shouldInitialiseTheHeaderWhenTheFrontLaysItOut() {
    page.fill((byte) 0x5A);

    FrontRing.init(page, ENTRY_BYTES);

    int[] expected = new int[16];
    expected[1] = 1;
    expected[3] = 1;
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], page.get(LITTLE_INT, i * 4L), "word " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 12, 256", "1, 8, 256", "1, 112, 32", "1, 64, 32", "4, 64, 128", "1, 4032, 1"})
  void shouldRoundTheCapacityDownToAPowerOfTwo(int pageCount, int entryBytes, int capacity) {
    MemorySegment pages = Arena.ofAuto().allocate(4096L * pageCount, 4096);

    assertEquals(capacity, FrontRing.init(pages, entryBytes).capacity());
    assertEquals(capacity, BackRing.attach(pages, entryBytes).capacity());
  }

  @ParameterizedTest
  @CsvSource({"0", "-4", "6", "4036"})
  void shouldRefuseEntriesThatMakeNoRing(int entryBytes) {
    assertThrows(IllegalArgumentException.class, () -> FrontRing.init(page, entryBytes));
  }

  @ParameterizedTest
  @CsvSource({
    "5, 6, 6, true",
    "5, 8, 5, false",
    "0xFFFFFFFE, 1, 0, true",
    "0xFFFFFFFE, 1, 2, false"
  })
  void shouldNotifyOnlyWhenTheEventLiesInWhatIsPushed(
      String old, String next, String event, boolean notify) {
    int from = Long.decode(old).intValue();
    FrontRing front = FrontRing.init(page, ENTRY_BYTES, from);
    page.set(LITTLE_INT, RingLayout.REQUEST_EVENT_OFFSET, Long.decode(event).intValue());
    int count = Long.decode(next).intValue() - from;
    for (int i = 0; i < count; i++) {
      front.claim();
    }

    assertEquals(notify, front.push());
  }

  @Test
  void shouldNotifyOnceWhenTheOtherSideHasGoneToSleep() {
    FrontRing front = FrontRing.init(page, ENTRY_BYTES);
    BackRing back = BackRing.attach(page, ENTRY_BYTES);

    front.claim();
    assertTrue(front.push(), "a fresh back sleeps");
    front.claim();
    assertFalse(front.push(), "it was told");
    assertTrue(back.finalCheck(), "two wait");
    back.poll();
    back.poll();
    assertFalse(back.finalCheck());
    front.claim();
    assertTrue(front.push());

    assertFalse(front.finalCheck());
    back.claim();
    assertTrue(back.push());
    assertTrue(front.finalCheck());
  }

  @Test
  void shouldRefuseToClaimWhenTheRingIsFull() {
    FrontRing front = FrontRing.init(page, ENTRY_BYTES);
    for (int i = 0; i < front.capacity(); i++) {
      assertEquals(64 + (long) i * ENTRY_BYTES, front.claim());
    }

    assertEquals(0, front.free());
    assertEquals(-1, front.claim());
  }

  @Test
  void shouldRefuseToRespondWhenNothingWasAsked() {
    BackRing back = BackRing.attach(page, ENTRY_BYTES);

    assertThrows(IllegalStateException.class, back::claim);
  }

  @ParameterizedTest
  @CsvSource({"257", "-1", "0x7FFFFFFF", "-2147483648"})
  void shouldFaultTheFrontWhenItsIndexIsOutOfBounds(String produced) {
    BackRing back = BackRing.attach(page, ENTRY_BYTES);
    page.set(LITTLE_INT, RingLayout.REQUESTS_PRODUCED_OFFSET, Long.decode(produced).intValue());

    assertThrows(PeerFaultException.class, back::pending);
    assertThrows(PeerFaultException.class, back::poll);
    assertThrows(PeerFaultException.class, back::finalCheck);
  }

  @Test
  void shouldFaultTheFrontWhenItTakesRequestsBackOrOverwritesUnansweredOnes() {
    FrontRing front = FrontRing.init(page, ENTRY_BYTES);
    BackRing back = BackRing.attach(page, ENTRY_BYTES);
    front.claim();
    front.claim();
    front.push();
    back.poll();
    back.poll();

    page.set(LITTLE_INT, RingLayout.REQUESTS_PRODUCED_OFFSET, 1);
    assertThrows(PeerFaultException.class, back::pending);
    page.set(LITTLE_INT, RingLayout.REQUESTS_PRODUCED_OFFSET, back.capacity());
    assertEquals(back.capacity() - 2, back.pending());
    page.set(LITTLE_INT, RingLayout.REQUESTS_PRODUCED_OFFSET, back.capacity() + 1);
    assertThrows(PeerFaultException.class, back::pending);
  }

  @ParameterizedTest
  @CsvSource({"2", "-1", "0x7FFFFFFF"})
  void shouldFaultTheBackWhenItAnswersMoreThanWasAsked(String produced) {
    FrontRing front = FrontRing.init(page, ENTRY_BYTES);
    front.claim();
    front.push();
    front.claim(); // Claimed and not pushed: nobody can have answered it.
    page.set(LITTLE_INT, RingLayout.RESPONSES_PRODUCED_OFFSET, Long.decode(produced).intValue());

    assertThrows(PeerFaultException.class, front::pending);
    assertThrows(PeerFaultException.class, front::poll);
  }

  /** Requests are numbered, and each response carries the number of the request it answers. */
  @RepeatedTest(20)
  void shouldCarryEveryRequestAndResponseInOrderAcrossTheWrap(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    int start = -random.nextInt(300);
    FrontRing front = FrontRing.init(page, ENTRY_BYTES, start);
    BackRing back = BackRing.attach(page, ENTRY_BYTES, start);
    Deque<Integer> taken = new ArrayDeque<>();
    int asked = 0;
    int served = 0;
    int answered = 0;
    for (int step = 0; step < 5_000; step++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          long slot = front.claim();
          assertEquals(asked - answered == front.capacity(), slot < 0, "step " + step);
          if (slot >= 0) {
            page.set(LITTLE_INT, slot, asked++);
            front.push();
          }
        }
        case 2 -> {
          long slot = back.poll();
          assertEquals(asked == served, slot < 0, "step " + step);
          if (slot >= 0) {
            assertEquals(served++, page.get(LITTLE_INT, slot), "step " + step);
            taken.add(served - 1);
          }
        }
        case 3 -> {
          if (!taken.isEmpty()) {
            page.set(LITTLE_INT, back.claim(), -taken.remove());
            back.push();
          }
        }
        default -> {
          long slot = front.poll();
          if (slot >= 0) {
            assertEquals(-answered++, page.get(LITTLE_INT, slot), "step " + step);
          }
        }
      }
    }
    assertTrue(answered > front.capacity(), "walked past the end of the ring");
  }
}
