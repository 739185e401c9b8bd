package io.myrixen.mx.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RegisteredMemoryTest {

  private final MemoryPort port = new MemoryPort(64 << 20);
  private final RegisteredMemory memory = new RegisteredMemory(port, port::await);
  private final RegionLocation location = new RegionLocation();

  private void assertFound(MemorySegment segment, String where) {
    assertTrue(memory.find(segment, location), where);
    MemorySegment region = port.regions.get(location.regionId);
    assertNotNull(region, where);
    assertEquals(segment.address(), region.address() + location.offsetBytes, where);
    assertTrue(location.offsetBytes + segment.byteSize() <= region.byteSize(), where);
  }

  private void assertRefused(MemorySegment segment) {
    MxException refused = assertThrows(MxException.class, () -> memory.free(segment));
    assertEquals(ReturnCode.BAD_SEG_MEM, refused.code());
    String address = "0x%x".formatted(segment.address());
    assertTrue(String.valueOf(refused.getMessage()).contains(address), refused.getMessage());
  }

  @Test
  void shouldCarveSmallOnesFromOneSlabAndGiveLargeOnesTheirOwn() {
    MemorySegment small = memory.allocate(100);
    MemorySegment other = memory.allocate(0);
    assertEquals(1, memory.regionCount());
    assertEquals(4 << 20, memory.registeredBytes());

    MemorySegment large = memory.allocate(1 << 20);

    assertEquals(2, memory.regionCount());
    assertEquals(100, small.byteSize());
    assertEquals(128, other.address() - small.address());
    assertEquals(1 << 20, large.byteSize());
    assertFound(small, "small");
    assertFound(large, "large");
    assertFound(large.asSlice(4097, 3), "slice");
  }

  @Test
  void shouldGiveALargeOneBackAtOnceAndKeepOneEmptySlab() {
    MemorySegment large = memory.allocate((1 << 20) + 5);
    MemorySegment small = memory.allocate(64);

    memory.free(large);
    memory.free(small);

    assertEquals(1, memory.regionCount());
    assertEquals(4 << 20, port.usedBytes);
    assertFalse(memory.find(large, location));
  }

  @Test
  void shouldGiveBackTheSecondSlabThatIsEmpty() {
    List<MemorySegment> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(memory.allocate(1_000_000));
    }
    assertEquals(3, memory.regionCount());

    for (MemorySegment segment : all) {
      memory.free(segment);
    }

    assertEquals(1, memory.regionCount());
    assertEquals(4 << 20, port.usedBytes);
  }

  @Test
  void shouldRefuseToFreeWhatItDidNotAllocate() {
    MemorySegment mine = memory.allocate(100);
    assertRefused(mine.asSlice(0, 50));
    assertRefused(mine.asSlice(50));
    assertRefused(Arena.ofAuto().allocate(100));
    assertRefused(MemorySegment.ofArray(new byte[100]));

    memory.free(mine);

    assertRefused(mine);
  }

  @Test
  void shouldNotFindForeignMemory() {
    assertFalse(memory.find(MemorySegment.ofArray(new byte[3]), location));
    assertFalse(memory.find(Arena.ofAuto().allocate(3), location));
    MemorySegment mine = memory.allocate(2 << 20);
    MemorySegment beyond = MemorySegment.ofAddress(mine.address()).reinterpret((2 << 20) + 1);
    assertFalse(memory.find(beyond, location));
  }

  @Test
  void shouldTakeSmallerSlabsWhenTheQuotaIsSmallAndThenRefuse() {
    port.quotaBytes = 300 << 10;
    MemorySegment first = memory.allocate(100 << 10);
    assertEquals(256 << 10, memory.registeredBytes());
    memory.allocate(100 << 10);

    MxException refused = assertThrows(MxException.class, () -> memory.allocate(100 << 10));
    assertEquals(ReturnCode.NO_RESOURCES, refused.code());
    assertEquals(
        ReturnCode.NO_RESOURCES,
        assertThrows(MxException.class, () -> memory.allocate(2 << 20)).code());
    assertEquals(
        ReturnCode.BAD_SEG_MEM, assertThrows(MxException.class, () -> memory.allocate(-1)).code());

    memory.free(first);
    memory.allocate(100 << 10);
  }

  @RepeatedTest(20)
  void shouldNeverGiveTheSameBytesTwice(RepetitionInfo repetition) {
    long seed = Long.getLong("myrixen.test.seed", repetition.getCurrentRepetition());
    SplittableRandom random = new SplittableRandom(seed);
    List<MemorySegment> held = new ArrayList<>();
    List<Byte> marks = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      String where = "seed %d, step %d".formatted(seed, step);
      if (random.nextInt(40) >= held.size()) {
        int bytes = random.nextInt(1 << random.nextInt(1, 21));
        MemorySegment segment = memory.allocate(bytes);
        assertEquals(0, segment.address() % 64, where);
        assertEquals(-1, segment.mismatch(MemorySegment.ofArray(new byte[bytes])), where);
        byte mark = (byte) random.nextInt(1, 256);
        segment.fill(mark);
        held.add(segment);
        marks.add(mark);
        assertFound(segment, where);
      } else {
        int index = random.nextInt(held.size());
        MemorySegment segment = held.remove(index);
        byte[] expected = new byte[(int) segment.byteSize()];
        Arrays.fill(expected, marks.remove(index));
        assertTrue(Arrays.equals(expected, segment.toArray(ValueLayout.JAVA_BYTE)), where);
        memory.free(segment);
      }
    }
    for (MemorySegment segment : held) {
      memory.free(segment);
    }
    assertEquals(1, memory.regionCount());
    assertEquals(memory.registeredBytes(), port.usedBytes);
    memory.allocate((1 << 20) - 64);
    assertEquals(1, memory.regionCount());
  }
}
