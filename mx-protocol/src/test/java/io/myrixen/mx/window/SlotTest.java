package io.myrixen.mx.window;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SlotTest {

  private static final int CAPACITY_LOG2 = 4;
  private static final int CAPACITY = 1 << CAPACITY_LOG2;
  private static final long QUEUE_OFFSET = 4096;

  private static final MemoryLayout LAYOUT =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_BYTE.withName("kind"),
          ValueLayout.JAVA_BYTE.withName("endpoint"),
          ValueLayout.JAVA_SHORT.withName("lap"),
          ValueLayout.JAVA_SHORT.withName("sequence"),
          ValueLayout.JAVA_SHORT.withName("ack"),
          ValueLayout.JAVA_INT.withName("session"),
          ValueLayout.JAVA_INT.withName("length"),
          ValueLayout.JAVA_LONG.withName("matchInfo"),
          ValueLayout.JAVA_LONG.withName("nicId"),
          MemoryLayout.sequenceLayout(32, ValueLayout.JAVA_BYTE).withName("detail"));

  private final MemorySegment window = Arena.ofAuto().allocate(8192, 4096);
  private final SlotWriter writer = new SlotWriter(window, QUEUE_OFFSET, CAPACITY_LOG2);
  private final SlotReader reader = new SlotReader(window, QUEUE_OFFSET, CAPACITY_LOG2);
  private final Descriptor in = new Descriptor();

  private static long offsetOf(String field) {
    return LAYOUT.byteOffset(groupElement(field));
  }

  private static Descriptor random(SplittableRandom random) {
    var descriptor = new Descriptor();
    descriptor.kind = random.nextInt(256);
    descriptor.endpoint = random.nextInt(256);
    descriptor.sequence = random.nextInt(1 << 16);
    descriptor.ack = random.nextInt(1 << 16);
    descriptor.session = random.nextInt();
    descriptor.length = random.nextInt();
    descriptor.matchInfo = random.nextLong();
    descriptor.nicId = random.nextLong();
    descriptor.detail0 = random.nextLong();
    descriptor.detail1 = random.nextLong();
    descriptor.detail2 = random.nextLong();
    descriptor.detail3 = random.nextLong();
    return descriptor;
  }

  private static void same(Descriptor expected, Descriptor actual, String message) {
    assertEquals(expected.kind, actual.kind, message);
    assertEquals(expected.endpoint, actual.endpoint, message);
    assertEquals(expected.sequence, actual.sequence, message);
    assertEquals(expected.ack, actual.ack, message);
    assertEquals(expected.session, actual.session, message);
    assertEquals(expected.length, actual.length, message);
    assertEquals(expected.matchInfo, actual.matchInfo, message);
    assertEquals(expected.nicId, actual.nicId, message);
    assertEquals(expected.detail0, actual.detail0, message);
    assertEquals(expected.detail1, actual.detail1, message);
    assertEquals(expected.detail2, actual.detail2, message);
    assertEquals(expected.detail3, actual.detail3, message);
  }

  @Test
  void shouldPutEveryFieldWhereTheLayoutSays() {
    assertEquals(LAYOUT.byteSize(), SlotFields.LENGTH);
    assertEquals(offsetOf("kind"), SlotFields.HEADER_OFFSET);
    assertEquals(offsetOf("sequence"), SlotFields.SEQUENCE_AND_SESSION_OFFSET);
    assertEquals(offsetOf("length"), SlotFields.LENGTH_OFFSET);
    assertEquals(offsetOf("matchInfo"), SlotFields.MATCH_INFO_OFFSET);
    assertEquals(offsetOf("nicId"), SlotFields.NIC_ID_OFFSET);
    assertEquals(offsetOf("detail"), SlotFields.DETAIL_OFFSET);
  }

  @Test
  void shouldWriteTheseBytes() {
    var tiny = new Descriptor();
    tiny.kind = Kind.TINY;
    tiny.endpoint = 0xE1;
    tiny.sequence = 0x0102;
    tiny.ack = 0x0304;
    tiny.session = 0x05060708;
    tiny.length = 11;
    tiny.matchInfo = 0x1112131415161718L;
    tiny.nicId = 0x0000_2122_2324_2526L;
    tiny.tinyFrom(MemorySegment.ofArray("hello world".getBytes(StandardCharsets.US_ASCII)), 0, 11);
    writer.write(tiny);

    assertEquals(
        "25e10100"
            + "02010403"
            + "08070605"
            + "0b000000"
            + "1817161514131211"
            + "2625242322210000"
            + "68656c6c6f20776f"
            + "726c640000000000"
            + "0000000000000000"
            + "0000000000000000",
        HexFormat.of().formatHex(window.asSlice(QUEUE_OFFSET, 64).toArray(ValueLayout.JAVA_BYTE)));
  }

  @Test
  void shouldNotTakeMemoryNeverWrittenForASlot() {
    assertFalse(reader.ready());
    assertFalse(reader.poll(in));
    assertEquals(0, reader.position());
  }

  /** Goal: the queue is one, whatever the pace. Method: a walk against a plain queue. */
  @RepeatedTest(16)
  void shouldAgreeWithAModelAcrossTheWrap() {
    long seed = Long.getLong("myrixen.seed", new SplittableRandom().nextLong());
    var random = new SplittableRandom(seed);
    var model = new ArrayDeque<Descriptor>();
    for (int step = 0; step < 5000; step++) {
      String message = "seed=" + seed + " step=" + step;
      if (random.nextBoolean()) {
        if (model.size() < CAPACITY) {
          Descriptor out = random(random);
          writer.write(out);
          model.add(out);
        }
      } else {
        assertEquals(!model.isEmpty(), reader.ready(), message);
        assertEquals(!model.isEmpty(), reader.poll(in), message);
        if (!model.isEmpty()) {
          same(model.remove(), in, message);
        }
      }
    }
    assertEquals(writer.position(), reader.position() + model.size());
  }

  @Test
  void shouldGoOnWhenTheLapWraps() {
    var out = new Descriptor();
    for (long i = 0; i < (65536L + 3) * CAPACITY; i++) {
      out.matchInfo = i;
      assertFalse(reader.ready());
      writer.write(out);
      assertTrue(reader.poll(in));
      assertEquals(i, in.matchInfo);
    }
  }

  @RepeatedTest(64)
  void shouldNeverThrowOnWhatAPeerWrote() {
    long seed = Long.getLong("myrixen.seed", new SplittableRandom().nextLong());
    var random = new SplittableRandom(seed);
    var bytes = new byte[SlotFields.LENGTH];
    random.nextBytes(bytes);
    bytes[2] = 1;
    bytes[3] = 0;
    MemorySegment.copy(bytes, 0, window, ValueLayout.JAVA_BYTE, QUEUE_OFFSET, bytes.length);

    assertTrue(reader.poll(in));
    assertEquals(bytes[0] & 0xFF, in.kind);
    assertEquals(bytes[1] & 0xFF, in.endpoint);
    assertTrue(in.lengthBytes() >= 0 && in.fragmentLength() <= 0xFFFF, "seed=" + seed);
    assertTrue(in.fragmentUnit() <= 0xFFFF && in.remoteWindowId() <= 0xFF, "seed=" + seed);
    assertTrue(in.localWindowId() <= 0xFF && in.sequence <= 0xFFFF, "seed=" + seed);

    // What was read is what the peer wrote, bit for bit.
    var echo = Arena.ofAuto().allocate(8192, 4096);
    new SlotWriter(echo, QUEUE_OFFSET, CAPACITY_LOG2).write(in);
    assertArrayEquals(bytes, echo.asSlice(QUEUE_OFFSET, 64).toArray(ValueLayout.JAVA_BYTE));
  }
}
