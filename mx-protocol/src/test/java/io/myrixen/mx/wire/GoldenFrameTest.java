package io.myrixen.mx.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.myrixen.mx.wire.WirePacket.Ends;
import io.myrixen.mx.wire.WirePacket.Envelope;
import io.myrixen.mx.wire.WirePacket.Head;
import io.myrixen.mx.wire.WirePacket.Puller;
import io.myrixen.mx.wire.WirePacket.Window;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames as the headers of the original make them, byte for byte. */
class GoldenFrameTest {

  private static final String HEAD = "020000000002 020000000001 86df 0007 ";
  private static final Head LINK = new Head(0x020000000002L, 0x020000000001L, 7);
  private static final Ends FORTH = new Ends(3, 1, 0);
  private static final Ends BACK = new Ends(1, 3, 0);
  private static final int CONNECTOR = 0xAABBCCDD;
  private static final int TARGET = 0x01020304;
  private static final Window WINDOW = new Window(2, 23);
  private static final Puller PULLER = new Puller(0x23, 0x21071983);
  private static final Set<WireProfile> ALL = EnumSet.allOf(WireProfile.class);
  private static final Set<WireProfile> COMPATIBLE = EnumSet.of(WireProfile.MX_WIRE);
  private static final Set<WireProfile> MTU_9000 = EnumSet.of(WireProfile.OPEN_MX_9000);

  record Golden(Set<WireProfile> profiles, WirePacket packet, String hex) {}

  private static Envelope envelope(int sequence) {
    return new Envelope(FORTH, sequence, 1, 0x1122334455667788L, TARGET, 0);
  }

  private static Payload zeros(int length) {
    return Payload.of(new byte[length]);
  }

  static Stream<Golden> frames() {
    return Stream.concat(sameEverywhere(), byProfile());
  }

  private static Stream<Golden> sameEverywhere() {
    return Stream.of(
        new Golden(
            ALL,
            new WirePacket.ConnectRequest(LINK, FORTH, 5, CONNECTOR, 0x12345, 1, 9),
            "24030100 10000000 00000005 00000000 aabbccdd 00012345 00010009 00000000"),
        new Golden(
            ALL,
            new WirePacket.ConnectReply(LINK, BACK, 4, CONNECTOR, TARGET, 1, 9, 0),
            "24010300 10000000 00000004 00000000 aabbccdd 01020304 00010109 00000000"),
        new Golden(
            ALL,
            new WirePacket.Tiny(
                LINK, envelope(1), Payload.of("ping".getBytes(StandardCharsets.US_ASCII))),
            "25030100 00040000 00010001 11223344 55667788 01020304 70696e67"),
        new Golden(
            ALL,
            new WirePacket.Rndv(LINK, envelope(3), 1 << 20, WINDOW, 0),
            "28030100 00080000 00030001 11223344 55667788 01020304 00100000 02170000"),
        new Golden(
            ALL,
            new WirePacket.Notify(LINK, BACK, CONNECTOR, 1 << 20, WINDOW, 1, 4),
            "2b010300 aabbccdd 00100000 02170000 00000001 00040000"),
        new Golden(
            ALL,
            new WirePacket.Ack(LINK, BACK, CONNECTOR, 4, 1, 0, 0),
            "23010300 10000000 aabbccdd 55000004 aabbccdd 00000001 00000000"),
        new Golden(
            ALL,
            new WirePacket.NackLib(LINK, BACK, 2, 4, 1),
            "2c030002 00000000 00010004 00010000"),
        new Golden(
            ALL,
            new WirePacket.NackMcp(LINK, 1, 0, 4, PULLER),
            "2d010004 00000000 00000023 21071983"),
        new Golden(
            ALL,
            new WirePacket.HostQuery(LINK, 5, 0x13052008),
            "03000005 00000000 13052008 00000000"));
  }

  private static Stream<Golden> byProfile() {
    return Stream.of(
        new Golden(
            MTU_9000,
            new WirePacket.Medium(LINK, envelope(2), 10_000, 1, 8192, zeros(1808)),
            "27030100 00002710 00020001 11223344 55667788 01020304 07100100 00000000"),
        new Golden(
            MTU_9000,
            new WirePacket.Pull(LINK, BACK, CONNECTOR, 1 << 20, WINDOW, 0, PULLER, 0, 286_976, 32),
            "29010300 aabbccdd 00100000 00000002 17000000 00000000 00000023 21071983 00000000"
                + " 00046100 00000020"),
        new Golden(
            MTU_9000,
            new WirePacket.PullReply(LINK, 32, 286_976, PULLER, zeros(8968)),
            "2a202308 00046100 00000023 21071983"),
        new Golden(
            COMPATIBLE,
            new WirePacket.Medium(LINK, envelope(2), 10_000, 2, 4096, zeros(1808)),
            "27030100 27100000 00020001 11223344 55667788 01020304 0710020c 00000000"),
        new Golden(
            COMPATIBLE,
            new WirePacket.Pull(LINK, BACK, CONNECTOR, 1 << 20, WINDOW, 0, PULLER, 0, 32_768, 8),
            "29010300 aabbccdd 00100000 02170000 00000023 21071983 00008000 00000008"),
        new Golden(
            COMPATIBLE,
            new WirePacket.PullReply(LINK, 8, 32_768, PULLER, zeros(4096)),
            "2a081000 00008000 00000023 21071983"));
  }

  /** The bytes of {@code golden}, with the zeroes of its payload and padding. */
  private static byte[] bytes(Golden golden) {
    byte[] head = HexFormat.of().parseHex((HEAD + golden.hex).replace(" ", ""));
    int payload =
        switch (golden.packet) {
          case WirePacket.Medium p -> p.payload().length();
          case WirePacket.PullReply p -> p.payload().length();
          default -> 0;
        };
    return Arrays.copyOf(head, Math.max(Frame.MIN_FRAME_BYTES, head.length + payload));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void shouldWriteTheRecordAsTheOriginalDoes(Golden golden) {
    for (WireProfile profile : golden.profiles) {
      assertArrayEquals(bytes(golden), golden.packet.encode(profile), profile.name());
    }
  }

  @ParameterizedTest
  @MethodSource("frames")
  void shouldReadAndWriteTheSlotAsTheOriginalDoes(Golden golden) {
    byte[] expected = bytes(golden);
    var memory = MemorySegment.ofArray(expected);
    var frame = new Frame();
    for (WireProfile profile : golden.profiles) {
      assertEquals(FrameFault.NONE, frame.read(memory, 0, expected.length, profile));
      assertEquals(golden.packet, WirePacket.of(frame, memory, 0));

      assertArrayEquals(expected, Frames.write(frame, memory, profile), profile.name());
    }
  }

  @ParameterizedTest
  @MethodSource("frames")
  void shouldDropTheFrameCutShort(Golden golden) {
    byte[] whole = bytes(golden);
    var frame = new Frame();
    for (WireProfile profile : golden.profiles) {
      int needed = Frames.needed(whole, profile);
      for (int length = 0; length < needed; length++) {
        var cut = MemorySegment.ofArray(Arrays.copyOf(whole, length));
        FrameFault fault = frame.read(cut, 0, length, profile);
        assertEquals(
            length < profile.headerBytes(whole[Frame.BODY_OFFSET])
                ? FrameFault.TOO_SHORT
                : FrameFault.BAD_LENGTH,
            fault,
            length + " of " + needed);
      }
    }
  }
}
