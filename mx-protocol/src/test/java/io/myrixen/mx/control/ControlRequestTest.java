package io.myrixen.mx.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.myrixen.mx.control.ControlRequest.PageList;
import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ControlRequestTest {

  private static final PageList PAGES = new PageList(513, List.of(0x11, 0x22));

  private final byte[] bytes = new byte[2 * ControlRing.ENTRY_BYTES];
  private final MemorySegment ring = MemorySegment.ofArray(bytes);

  static List<ControlRequest> everyKind() {
    return List.of(
        new ControlRequest.BoardInfo(),
        new ControlRequest.PeerByName("x".repeat(79)),
        new ControlRequest.OpenBoard("y".repeat(79), 1, 2),
        new ControlRequest.PeerByNic(0x02_00_00_00_00_01L),
        new ControlRequest.Peers(7),
        new ControlRequest.OpenEndpoints(),
        new ControlRequest.OpenEndpoint(255, WindowGeometry.DEFAULT, PAGES, 9),
        new ControlRequest.CloseEndpoint(3, 0xCAFEBABE),
        new ControlRequest.RegisterRegion(3, -2, 600, PAGES, true),
        new ControlRequest.DeregisterRegion(3, 7, -1));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void shouldComeBackAsItWasWritten(ControlRequest request) {
    ring.fill((byte) 0x5A);

    request.write(77, ring, ControlRing.ENTRY_BYTES);

    assertEquals(
        new ReceivedRequest.Valid(77, request), ControlRequest.read(ring, ControlRing.ENTRY_BYTES));
    assertEquals(0x5A, bytes[ControlRing.ENTRY_BYTES - 1], "the entry before is untouched");
  }

  @Test
  void shouldHaveTheseBytesWhenAnEndpointIsOpened() {
    ring.fill((byte) 0x5A);

    new ControlRequest.OpenEndpoint(5, WindowGeometry.DEFAULT, PAGES, 9).write(0x01020304, ring, 0);

    assertEquals(
        "06000000 04030201 0500000000000000 080909080612 0000 01020000"
            .replace(" ", "")
            .concat("11000000220000000000000000000000")
            .concat("09000000")
            .concat("00".repeat(80)),
        HexFormat.of().formatHex(bytes, 0, ControlRing.ENTRY_BYTES));
  }

  @Test
  void shouldHaveTheseBytesWhenARegionIsRegistered() {
    new ControlRequest.RegisterRegion(5, 0x0A0B0C0D, 600, PAGES, true).write(1, ring, 0);

    assertEquals(
        "08000000 01000000 050000000d0c0b0a 5802000000000000 01020000"
            .replace(" ", "")
            .concat("11000000220000000000000000000000")
            .concat("01000000")
            .concat("00".repeat(80)),
        HexFormat.of().formatHex(bytes, 0, ControlRing.ENTRY_BYTES));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, KIND, 0",
    "0, 65535, KIND, 65535",
    "8, 256, ENDPOINT_ID, 256",
    "8, -1, ENDPOINT_ID, 4294967295",
    "16, 0x0606090903, COMMANDS_LOG2, 3",
    "24, 0, RUN_COUNT, 0",
    "24, 2049, RUN_COUNT, 2049",
    "24, -1, RUN_COUNT, 4294967295",
  })
  void shouldNameTheFieldWhenAnOpenIsMalformed(int offset, String word, Detail detail, long value) {
    new ControlRequest.OpenEndpoint(5, WindowGeometry.DEFAULT, PAGES, 9).write(1, ring, 0);
    ring.set(ValueLayout.JAVA_INT_UNALIGNED, offset, Long.decode(word).intValue());

    var malformed = assertInstanceOf(ReceivedRequest.Malformed.class, ControlRequest.read(ring, 0));

    assertEquals(detail, malformed.detail());
    assertEquals(value, malformed.value());
    assertEquals(1, malformed.requestId());
  }

  @ParameterizedTest
  @CsvSource({
    "16, 0, PAGE_COUNT, 0",
    "16, 1048577, PAGE_COUNT, 1048577",
    "44, 2, FLAGS, 2",
  })
  void shouldNameTheFieldWhenARegistrationIsMalformed(
      int offset, int word, Detail detail, long value) {
    new ControlRequest.RegisterRegion(5, 0x0A0B0C0D, 600, PAGES, true).write(1, ring, 0);
    ring.set(ValueLayout.JAVA_INT_UNALIGNED, offset, word);

    assertEquals(new ReceivedRequest.Malformed(1, 8, detail, value), ControlRequest.read(ring, 0));
  }

  @Test
  void shouldRefuseAHostNameThatDoesNotEndOrIsNoText() {
    new ControlRequest.PeerByName("a:0").write(1, ring, 0);
    bytes[9] = 7;
    assertInstanceOf(ReceivedRequest.Malformed.class, ControlRequest.read(ring, 0));

    ring.asSlice(8, 80).fill((byte) 'x');
    assertEquals(
        new ReceivedRequest.Malformed(1, 2, Detail.HOSTNAME, 80), ControlRequest.read(ring, 0));

    ring.asSlice(8, 80).fill((byte) 0);
    assertEquals(
        new ReceivedRequest.Malformed(1, 2, Detail.HOSTNAME, 0), ControlRequest.read(ring, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new ControlRequest.PeerByName("x".repeat(80)));
  }

  @RepeatedTest(64)
  void shouldNeverThrowOnBytesAPeerWrote() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 100; i++) {
      random.nextBytes(bytes);
      bytes[0] = (byte) random.nextInt(12);
      bytes[1] = 0;
      ControlRequest.read(ring, 0);
      ControlResponse.read(ring, 0);
      bytes[2] = 0; // A success, so that results are read too.
      bytes[3] = 0;
      ControlResponse.read(ring, 0);
      int runCount = 1 + random.nextInt(16);
      PageRuns.expand(bytes, runCount, random.nextInt(100));
    }
  }
}
