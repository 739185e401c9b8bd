package io.myrixen.xen.devices;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.myrixen.xen.GrantTable.Access;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The structures that the devices take, byte by byte, as Linux has them on x86-64. */
final class DeviceRequestsTest {

  private final Arena arena = Arena.ofAuto();

  private static void assertBytes(String expected, MemorySegment request) {
    String bytes = HexFormat.of().formatHex(request.toArray(JAVA_BYTE));
    assertEquals(expected.replace(" ", ""), bytes);
  }

  @Test
  void shouldAskForOnePageInAStructureOfItsFullLength() {
    assertBytes(
        "0300 0100 01000000 0000000000000000 00000000 00000000",
        GntallocDevice.allocRequest(arena, 3, 1, Access.READ_WRITE));
  }

  @Test
  void shouldLeaveRoomForAReferenceToEachPage() {
    assertBytes(
        "ef7f 0000 04000000 0000000000000000 00000000 00000000 00000000 00000000",
        GntallocDevice.allocRequest(arena, 0x7FEF, 4, Access.READ_ONLY));
  }

  @Test
  void shouldFreeByIndexAndCount() {
    assertBytes(
        "0030000001000000 02000000 00000000", GntallocDevice.freeRequest(arena, 0x1_0000_3000L, 2));
  }

  @Test
  void shouldNameEachReferenceWithItsOwner() {
    assertBytes(
        "02000000 00000000 0000000000000000 05000000 09000000 05000000 08000000",
        GntdevDevice.mapRequest(arena, 5, new int[] {9, 8}));
  }

  @Test
  void shouldForgetByIndexAndCount() {
    assertBytes("0010000000000000 07000000 00000000", GntdevDevice.unmapRequest(arena, 0x1000, 7));
  }

  @Test
  void shouldAskForTheByteToBeClearedAndThePortToBeNotified() {
    assertBytes("0110000000000000 03000000 16000000", UnmapNotice.argument(arena, 0x1001, 22));
  }

  @Test
  void shouldBindToAPortOfADomain() {
    assertBytes("02000000 11000000", EvtchnDevice.bindRequest(arena, 2, 17));
  }
}
