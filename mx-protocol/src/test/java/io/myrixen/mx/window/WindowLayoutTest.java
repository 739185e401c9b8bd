package io.myrixen.mx.window;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowLayoutTest {

  private static final MemoryLayout CONTROL =
      MemoryLayout.structLayout(
          JAVA_INT.withName("magic"),
          JAVA_INT.withName("version"),
          MemoryLayout.paddingLayout(120),
          JAVA_LONG.withName("commandsConsumed"),
          MemoryLayout.paddingLayout(120),
          JAVA_INT.withName("nicAsleep"),
          MemoryLayout.paddingLayout(124),
          JAVA_LONG.withName("creditEpoch"),
          MemoryLayout.paddingLayout(120),
          JAVA_LONG.withName("eventsConsumed"),
          JAVA_LONG.withName("receiveConsumed"),
          JAVA_LONG.withName("completionsConsumed"),
          MemoryLayout.paddingLayout(104),
          JAVA_INT.withName("vmAsleep"),
          MemoryLayout.paddingLayout(4096 - 644));

  private static final MemoryLayout RDMA =
      MemoryLayout.structLayout(
          JAVA_BYTE.withName("state"),
          JAVA_BYTE.withName("generation"),
          JAVA_SHORT.withName("zero"),
          JAVA_INT.withName("regionId"),
          JAVA_LONG.withName("regionOffset"),
          JAVA_INT.withName("messageLength"),
          JAVA_INT.withName("ringBytes"),
          JAVA_LONG.withName("watermark"),
          MemoryLayout.paddingLayout(32),
          JAVA_LONG.withName("progress"),
          JAVA_INT.withName("wanted"),
          JAVA_INT.withName("seekEpoch"),
          JAVA_LONG.withName("seekPosition"),
          MemoryLayout.paddingLayout(40));

  private static long offset(MemoryLayout layout, String field) {
    return layout.byteOffset(groupElement(field));
  }

  @Test
  void shouldPutControlWordsWhereTheLayoutSays() {
    assertEquals(WindowLayout.PAGE_BYTES, CONTROL.byteSize());
    assertEquals(offset(CONTROL, "magic"), ControlLines.MAGIC_OFFSET);
    assertEquals(offset(CONTROL, "version"), ControlLines.VERSION_OFFSET);
    assertEquals(offset(CONTROL, "commandsConsumed"), ControlLines.COMMANDS_CONSUMED_OFFSET);
    assertEquals(offset(CONTROL, "nicAsleep"), ControlLines.NIC_ASLEEP_OFFSET);
    assertEquals(offset(CONTROL, "creditEpoch"), ControlLines.CREDIT_EPOCH_OFFSET);
    assertEquals(offset(CONTROL, "eventsConsumed"), ControlLines.EVENTS_CONSUMED_OFFSET);
    assertEquals(offset(CONTROL, "receiveConsumed"), ControlLines.RECEIVE_CONSUMED_OFFSET);
    assertEquals(offset(CONTROL, "completionsConsumed"), ControlLines.COMPLETIONS_CONSUMED_OFFSET);
    assertEquals(offset(CONTROL, "vmAsleep"), ControlLines.VM_ASLEEP_OFFSET);
  }

  @Test
  void shouldPutRdmaFieldsWhereTheLayoutSays() {
    assertEquals(RdmaWindowEntry.LENGTH, RDMA.byteSize());
    assertEquals(offset(RDMA, "state"), RdmaWindowEntry.HEADER_OFFSET);
    assertEquals(offset(RDMA, "regionId"), RdmaWindowEntry.REGION_ID_OFFSET);
    assertEquals(offset(RDMA, "regionOffset"), RdmaWindowEntry.REGION_OFFSET_OFFSET);
    assertEquals(offset(RDMA, "messageLength"), RdmaWindowEntry.MESSAGE_LENGTH_OFFSET);
    assertEquals(offset(RDMA, "ringBytes"), RdmaWindowEntry.RING_BYTES_OFFSET);
    assertEquals(offset(RDMA, "watermark"), RdmaWindowEntry.WATERMARK_OFFSET);
    assertEquals(offset(RDMA, "progress"), RdmaWindowEntry.PROGRESS_OFFSET);
    assertEquals(offset(RDMA, "wanted"), RdmaWindowEntry.WANTED_OFFSET);
    assertEquals(offset(RDMA, "seekEpoch"), RdmaWindowEntry.SEEK_EPOCH_OFFSET);
    assertEquals(offset(RDMA, "seekPosition"), RdmaWindowEntry.SEEK_POSITION_OFFSET);
  }

  private final MemorySegment page = Arena.ofAuto().allocate(4096, 4096);
  private final ControlLines control = new ControlLines(page);

  private long longAt(MemoryLayout layout, String field) {
    return page.get(JAVA_LONG, offset(layout, field));
  }

  @Test
  void shouldPublishEachWordAlone() {
    control.commandsConsumedRelease(1);
    control.creditEpochRelease(2);
    control.eventsConsumedRelease(3, 4);
    control.completionsConsumedRelease(5);

    assertEquals(1, longAt(CONTROL, "commandsConsumed"));
    assertEquals(2, longAt(CONTROL, "creditEpoch"));
    assertEquals(3, longAt(CONTROL, "eventsConsumed"));
    assertEquals(4, longAt(CONTROL, "receiveConsumed"));
    assertEquals(5, longAt(CONTROL, "completionsConsumed"));
    assertEquals(1, control.commandsConsumedAcquire());
    assertEquals(2, control.creditEpochAcquire());
    assertEquals(3, control.eventsConsumedAcquire());
    assertEquals(4, control.receiveConsumedAcquire());
    assertEquals(5, control.completionsConsumedAcquire());
  }

  @Test
  void shouldKeepTheSleepFlagsApart() {
    control.nicAsleep(true);
    assertTrue(control.nicAsleepAfterCommand());
    assertFalse(control.vmAsleepAfterEvent());
    control.nicAsleep(false);
    control.vmAsleep(true);
    assertFalse(control.nicAsleepAfterCommand());
    assertTrue(control.vmAsleepAfterEvent());
    control.vmAsleep(false);
    assertFalse(control.vmAsleepAfterEvent());
  }

  @Test
  void shouldRecogniseOnlyItsOwnVersion() {
    assertFalse(control.recognised());
    control.initialise();
    assertTrue(control.recognised());
    page.set(JAVA_INT, 4, WindowLayout.VERSION + 1);
    assertFalse(control.recognised());
    page.set(JAVA_INT, 4, WindowLayout.VERSION);
    page.set(JAVA_INT, 0, 0);
    assertFalse(control.recognised());
  }

  @Test
  void shouldTagAWatermarkWithTheSeekThatItAnswers() {
    var entry = new RdmaWindowEntry(page, 256);
    entry.seekRelease(0x1FF_FFFF, 0xFFFF_FFFFL);
    entry.watermarkRelease(entry.seekEpochAcquire(), 0xFFFF_FFFFL);

    assertEquals(0xFF_FFFF, entry.seekEpochAcquire());
    assertEquals(0xFFFF_FFFFL, entry.seekPosition());
    assertEquals(0xFFFF_FFFFL, RdmaWindowEntry.watermarkOf(entry.watermarkAcquire()));
    assertEquals(0xFF_FFFF, RdmaWindowEntry.epochOf(entry.watermarkAcquire()));
    assertEquals(0xFF_FFFF, page.get(JAVA_INT, 256 + 76));
    assertEquals(0xFFFF_FFFFL, page.get(JAVA_LONG, 256 + 80));

    entry.open(RdmaWindowEntry.SOURCE, 1, 1, 0, 1, 0);
    assertEquals(0, entry.seekEpochAcquire());
    assertEquals(0, entry.watermarkAcquire());
  }

  @Test
  void shouldReadBackAnRdmaWindow() {
    var entry = new RdmaWindowEntry(page, 256);
    entry.progressRelease(9);
    entry.watermarkRelease(9);
    entry.open(RdmaWindowEntry.SINK, 0xFE, 0x80000000, 1L << 40, 0xFFFF_FFFFL, 1 << 31);
    var copy = new RdmaWindowEntry.Copy();
    entry.read(copy);

    assertEquals(RdmaWindowEntry.SINK, copy.state);
    assertEquals(0xFE, copy.generation);
    assertEquals(0x80000000, copy.regionId);
    assertEquals(1L << 40, copy.regionOffset);
    assertEquals(0xFFFF_FFFFL, copy.messageLength);
    assertEquals(1L << 31, copy.ringBytes);
    assertEquals(0, entry.watermarkAcquire(), "an entry starts anew");
    assertEquals(0, entry.progressAcquire());

    assertTrue(entry.stillOpen(copy));
    entry.close();
    assertFalse(entry.stillOpen(copy));
    entry.open(RdmaWindowEntry.SINK, 0xFF, 1, 0, 1, 0);
    assertFalse(entry.stillOpen(copy));
    entry.close();
    entry.read(copy);
    assertEquals(RdmaWindowEntry.CLOSED, copy.state);
    assertEquals(0, page.get(JAVA_BYTE, 255));
    assertEquals(0, page.get(JAVA_BYTE, 256 + 128));
  }

  @RepeatedTest(32)
  void shouldNeverThrowOnAnRdmaWindowThatAPeerWrote() {
    long seed = Long.getLong("myrixen.seed", new SplittableRandom().nextLong());
    var bytes = new byte[RdmaWindowEntry.LENGTH];
    new SplittableRandom(seed).nextBytes(bytes);
    MemorySegment.copy(bytes, 0, page, JAVA_BYTE, 0, bytes.length);
    var copy = new RdmaWindowEntry.Copy();
    new RdmaWindowEntry(page, 0).read(copy);

    assertEquals(bytes[0] & 0xFF, copy.state, "seed=" + seed);
    assertEquals(bytes[1] & 0xFF, copy.generation, "seed=" + seed);
    assertTrue(copy.messageLength >= 0 && copy.ringBytes >= 0, "seed=" + seed);
  }

  static Stream<WindowGeometry> geometries() {
    return Stream.of(
        WindowGeometry.SMALLEST,
        WindowGeometry.DEFAULT,
        WindowGeometry.LARGEST,
        new WindowGeometry(5, 5, 15, 8, 3, 26));
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void shouldLayPartsOutOneAfterTheOtherOnPages(WindowGeometry geometry) {
    var layout = new WindowLayout(geometry);
    long[] starts = {
      layout.commandsOffset(),
      layout.smallCellOffset(0),
      layout.eventsOffset(),
      layout.completionsOffset(),
      layout.rdmaWindowOffset(0),
      layout.sendSlotOffset(0),
      layout.receiveOffset(0),
      layout.lengthBytes()
    };
    long[] lengths = {
      64L * geometry.commandCount(),
      128L * geometry.commandCount(),
      64L * geometry.eventCount(),
      64L * geometry.completionCount(),
      128L * geometry.rdmaWindowCount(),
      4096L * geometry.sendSlotCount(),
      geometry.receiveBytes()
    };
    assertEquals(4096, starts[0]);
    for (int i = 0; i < lengths.length; i++) {
      assertEquals(starts[i] + (lengths[i] + 4095) / 4096 * 4096, starts[i + 1]);
    }
    assertEquals(layout.lengthBytes(), layout.pageCount() * 4096L);
    long cells = layout.smallCellOffset(0);
    assertEquals(cells + 128, layout.smallCellOffset(1));
    assertEquals(cells + 128, layout.smallCellOffset(geometry.commandCount() + 1L));
    assertEquals(layout.receiveOffset(0) + 64, layout.receiveOffset(geometry.receiveBytes() + 64L));
  }

  @Test
  void shouldTakeSoManyPagesByDefault() {
    assertEquals(165, new WindowLayout(WindowGeometry.DEFAULT).pageCount());
  }

  @Test
  void shouldHoldEveryPartToItsLimits() {
    assertThrows(IllegalArgumentException.class, () -> new WindowGeometry(3, 5, 5, 1, 3, 16));
    assertThrows(IllegalArgumentException.class, () -> new WindowGeometry(4, 4, 5, 1, 3, 16));
    assertThrows(IllegalArgumentException.class, () -> new WindowGeometry(4, 15, 5, 1, 3, 16));
    assertThrows(IllegalArgumentException.class, () -> new WindowGeometry(4, 5, 4, 1, 3, 16));
    assertThrows(IllegalArgumentException.class, () -> new WindowGeometry(4, 5, 5, 9, 3, 16));
    assertThrows(IllegalArgumentException.class, () -> new WindowGeometry(4, 5, 5, 1, 13, 16));
    assertThrows(IllegalArgumentException.class, () -> new WindowGeometry(4, 5, 5, 1, 3, 27));
  }

  @Test
  void shouldCapEveryPartAndKeepCompletionsAboveCommands() {
    assertEquals(WindowGeometry.SMALLEST, WindowGeometry.LARGEST.cappedBy(WindowGeometry.SMALLEST));
    assertEquals(WindowGeometry.DEFAULT, WindowGeometry.DEFAULT.cappedBy(WindowGeometry.LARGEST));
    assertEquals(
        new WindowGeometry(5, 5, 6, 1, 3, 16),
        new WindowGeometry(5, 5, 12, 1, 3, 16).cappedBy(new WindowGeometry(5, 9, 6, 6, 6, 18)));
  }
}
