package io.myrixen.mx.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ControlResponseTest {

  private static final long NIC_ID = 0x02_AB_00_00_00_01L;

  private final byte[] bytes = new byte[ControlRing.ENTRY_BYTES];
  private final MemorySegment ring = MemorySegment.ofArray(bytes);

  static List<ControlResponse> everyKind() {
    BitSet open = new BitSet();
    open.set(0);
    open.set(255);
    return List.of(
        ControlResponse.granted(
            1,
            RequestKind.BOARD_INFO,
            new ControlResponse.Board(NIC_ID, "a:0", WindowGeometry.LARGEST, 256)),
        ControlResponse.granted(
            2, RequestKind.PEERS, new ControlResponse.Peer(NIC_ID, "x".repeat(79), 3, 9)),
        ControlResponse.granted(3, RequestKind.OPEN_ENDPOINTS, new ControlResponse.Endpoints(open)),
        ControlResponse.granted(
            4,
            RequestKind.OPEN_ENDPOINT,
            new ControlResponse.Opened(255, 0xCAFEBABE, WindowGeometry.DEFAULT)),
        ControlResponse.granted(
            5, RequestKind.REGISTER_REGION, new ControlResponse.Registered(0x80000001)),
        ControlResponse.granted(6, RequestKind.CLOSE_ENDPOINT, new ControlResponse.None()),
        ControlResponse.refused(7, 99, ReturnCode.NO_RESOURCES, Detail.QUOTA_REGIONS, 64));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void shouldComeBackAsItWasWritten(ControlResponse response) {
    ring.fill((byte) 0x5A);

    response.write(ring, 0);

    assertEquals(response, ControlResponse.read(ring, 0));
  }

  @Test
  void shouldHaveTheseBytesWhenAnEndpointWasOpened() {
    ring.fill((byte) 0x5A);

    ControlResponse.granted(
            0x01020304,
            RequestKind.OPEN_ENDPOINT,
            new ControlResponse.Opened(5, 0x0A0B0C0D, WindowGeometry.DEFAULT))
        .write(ring, 0);

    assertEquals(
        "0600 0000 04030201 00000000 00000000 0000000000000000 05000000 0d0c0b0a"
            .replace(" ", "")
            .concat("080909080612")
            .concat("0000")
            .concat("00".repeat(88)),
        HexFormat.of().formatHex(bytes));
  }

  @Test
  void shouldHaveTheseBytesWhenAQuotaIsReached() {
    ControlResponse.refused(7, 8, ReturnCode.NO_RESOURCES, Detail.QUOTA_REGIONS, 64).write(ring, 0);

    assertEquals(
        "0800 0f00 07000000 02000000 00000000 4000000000000000".replace(" ", "") + "00".repeat(104),
        HexFormat.of().formatHex(bytes));
  }

  @Test
  void shouldNameTheFieldWhenTheBackendBreaksTheProtocol() {
    everyKind().get(0).write(ring, 0);
    bytes[38] = 0;
    bytes[39] = 2;
    assertEquals(
        new ReceivedResponse.Malformed(1, "maxEndpoints", 512), ControlResponse.read(ring, 0));

    bytes[32] = 99;
    assertEquals(
        new ReceivedResponse.Malformed(1, "COMMANDS_LOG2", 99), ControlResponse.read(ring, 0));

    bytes[0] = 77;
    assertEquals(new ReceivedResponse.Malformed(1, "kind", 77), ControlResponse.read(ring, 0));
  }

  @Test
  void shouldSayInWordsWhatWasRefused() {
    assertEquals(
        "the quota of 64 registered regions of this VM is used up", Detail.describe(2, 64));
    assertEquals("detail 4242, value 7", Detail.describe(4242, 7));
    for (Detail detail : Detail.values()) {
      Detail.describe(detail.code(), Long.MIN_VALUE); // Every format takes any number.
    }
  }
}
