package io.myrixen.mx.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorTest {

  private static final ValueLayout.OfLong LITTLE_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort LITTLE_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt LITTLE_INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Descriptor descriptor = new Descriptor();

  /** The detail as bytes, the way the class comment numbers them. */
  private MemorySegment detail() {
    var bytes = MemorySegment.ofArray(new byte[32]);
    bytes.set(LITTLE_LONG, 0, descriptor.detail0);
    bytes.set(LITTLE_LONG, 8, descriptor.detail1);
    bytes.set(LITTLE_LONG, 16, descriptor.detail2);
    bytes.set(LITTLE_LONG, 24, descriptor.detail3);
    return bytes;
  }

  private static int byteAt(MemorySegment bytes, long offset) {
    return bytes.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
  }

  private static int shortAt(MemorySegment bytes, long offset) {
    return bytes.get(LITTLE_SHORT, offset) & 0xFFFF;
  }

  /** Sets every bit, so that a setter that leaves or spills one is seen. */
  private void scribble() {
    descriptor.detail0 = -1;
    descriptor.detail1 = -1;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 24, 25, 31, 32})
  void shouldCarryATinyPayloadOfAnyLength(int length) {
    var payload = new byte[40];
    new SplittableRandom(length).nextBytes(payload);
    descriptor.detail3 = -1;
    descriptor.tinyFrom(MemorySegment.ofArray(payload), 3, length);
    for (int i = 0; i < 32; i++) {
      assertEquals(i < length ? payload[3 + i] & 0xFF : 0, byteAt(detail(), i), "byte " + i);
    }

    var target = MemorySegment.ofArray(new byte[40]).fill((byte) 0x55);
    descriptor.tinyTo(target, 5, length);
    for (int i = 0; i < 40; i++) {
      boolean inside = i >= 5 && i < 5 + length;
      assertEquals(inside ? payload[i - 2] & 0xFF : 0x55, byteAt(target, i), "byte " + i);
    }
  }

  @Test
  void shouldPlaceAFragment() {
    scribble();
    descriptor.receivePosition(0x0102030405060708L);
    descriptor.fragment(0x8A8B8C8D, 0xF00F, 0xEDCB);

    assertEquals(0x0102030405060708L, detail().get(LITTLE_LONG, 0));
    assertEquals(0x8A8B8C8D, detail().get(LITTLE_INT, 8));
    assertEquals(0xF00F, shortAt(detail(), 12));
    assertEquals(0xEDCB, shortAt(detail(), 14));
    assertEquals(0x8A8B8C8D, descriptor.fragmentOffset());
    assertEquals(0xF00F, descriptor.fragmentLength());
    assertEquals(0xEDCB, descriptor.fragmentUnit());
    assertEquals(0x0102030405060708L, descriptor.receivePosition());
  }

  @Test
  void shouldPlaceEachSendSlot() {
    scribble();
    for (int i = 0; i < 8; i++) {
      descriptor.sendSlot(i, 0xF0F0 + i);
    }
    descriptor.sendSlot(3, 0x1_8001);

    for (int i = 0; i < 8; i++) {
      int expected = i == 3 ? 0x8001 : 0xF0F0 + i;
      assertEquals(expected, shortAt(detail(), 2L * i));
      assertEquals(expected, descriptor.sendSlot(i));
    }
  }

  @Test
  void shouldPlaceWhetherAConnectCameOverAWire() {
    scribble();
    descriptor.overWire(true);
    assertEquals(1, byteAt(detail(), 8));
    assertTrue(descriptor.overWire());
    descriptor.overWire(false);
    assertFalse(descriptor.overWire());
  }

  @Test
  void shouldPlaceTheWindowsOfAPull() {
    descriptor.cookie(0xFEDCBA9876543210L);
    descriptor.localWindow(0xFF, 0xFE);
    descriptor.remoteWindow(0x81, 0x82);
    descriptor.remoteWindowOffset(0x83848586);

    assertEquals(0xFEDCBA9876543210L, detail().get(LITTLE_LONG, 0));
    assertEquals(0x83848586, detail().get(LITTLE_INT, 12));
    assertEquals(0x83848586, descriptor.remoteWindowOffset());
    assertEquals(0x81, byteAt(detail(), 8));
    assertEquals(0x82, byteAt(detail(), 9));
    assertEquals(0xFF, byteAt(detail(), 10));
    assertEquals(0xFE, byteAt(detail(), 11));
    assertEquals(0x81, descriptor.remoteWindowId());
    assertEquals(0x82, descriptor.remoteWindowGeneration());
    assertEquals(0xFF, descriptor.localWindowId());
    assertEquals(0xFE, descriptor.localWindowGeneration());
    descriptor.localWindow(1, 2);
    assertEquals(0x81, descriptor.remoteWindowId());
  }

  @Test
  void shouldPlaceAConnect() {
    scribble();
    descriptor.word(0x80000001);
    descriptor.connect(0xFFFE, 0xFD, 0xFC);

    assertEquals(0x80000001, detail().get(LITTLE_INT, 0));
    assertEquals(0xFFFE, shortAt(detail(), 4));
    assertEquals(0xFD, byteAt(detail(), 6));
    assertEquals(0xFC, byteAt(detail(), 7));
    assertEquals(0x80000001, descriptor.word());
    assertEquals(0xFFFE, descriptor.receiveSequenceStart());
    assertEquals(0xFD, descriptor.connectSequence());
    assertEquals(0xFC, descriptor.connectStatus());
  }

  @Test
  void shouldPlaceNacksAndPullsThatEnded() {
    scribble();
    descriptor.nack(NackType.BAD_SESSION, Kind.MEDIUM);
    assertEquals(3, byteAt(detail(), 0));
    assertEquals(39, byteAt(detail(), 1));
    assertEquals(NackType.BAD_SESSION, descriptor.nackType());
    assertEquals(Kind.MEDIUM, descriptor.refusedKind());

    descriptor.cookie(-2);
    descriptor.pullStatus(NackType.ABORTED);
    assertEquals(5, byteAt(detail(), 8));
    assertEquals(-2, descriptor.cookie());
    assertEquals(NackType.ABORTED, descriptor.pullStatus());
  }

  @Test
  void shouldKeepTheCommandInItsRefusal() {
    descriptor.kind = Kind.MEDIUM;
    descriptor.sequence = 77;
    descriptor.matchInfo = 88;
    descriptor.sendSlot(7, 5);
    descriptor.receiverFull(0x1_0000_0000L);

    assertEquals(Kind.RECEIVER_FULL, descriptor.kind);
    assertEquals(Kind.MEDIUM, descriptor.refusedCommandKind());
    assertEquals(0x1_0000_0000L, descriptor.refusedEpoch());
    assertEquals(77, descriptor.sequence);
    assertEquals(5, descriptor.sendSlot(7));
  }

  @Test
  void shouldCopyAndClearEveryField() throws IllegalAccessException {
    long value = 1;
    for (var field : Descriptor.class.getFields()) {
      if (field.getType() == int.class) {
        field.setInt(descriptor, (int) value++);
      } else {
        field.setLong(descriptor, value++);
      }
    }
    var copy = new Descriptor().set(descriptor);
    for (var field : Descriptor.class.getFields()) {
      assertEquals(field.get(descriptor), field.get(copy), field.getName());
    }
    copy.clear();
    for (var field : Descriptor.class.getFields()) {
      assertEquals(0, ((Number) field.get(copy)).longValue(), field.getName());
    }
    assertEquals(12, value - 1);
  }
}
