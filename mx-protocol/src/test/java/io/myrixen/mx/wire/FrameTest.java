package io.myrixen.mx.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FrameTest {

  private static final long SEED =
      Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Frame frame = new Frame();

  private FrameFault read(byte[] bytes, WireProfile profile) {
    // The memory ends with the frame, so that a look beyond it throws.
    return frame.read(MemorySegment.ofArray(bytes), 0, bytes.length, profile);
  }

  @ParameterizedTest
  @EnumSource
  void slotAndRecordShouldAgreeOnEveryPacket(WireProfile profile) {
    var packets = new RandomPackets(random, profile);
    for (int i = 0; i < 200 * RandomPackets.KINDS; i++) {
      WirePacket packet = packets.next(i % RandomPackets.KINDS);
      byte[] bytes = packet.encode(profile);
      var memory = MemorySegment.ofArray(bytes);
      String what = "%s, step %d, -Dmyrixen.seed=%d".formatted(packet, i, SEED);

      assertTrue(bytes.length >= Frame.MIN_FRAME_BYTES, what);
      assertEquals(FrameFault.NONE, read(bytes, profile), what);
      assertEquals(packet, WirePacket.of(frame, memory, 0), what);
      assertArrayEquals(bytes, Frames.write(frame, memory, profile), what);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldSurviveAnyChangeOfAnyFrame(WireProfile profile) {
    var packets = new RandomPackets(random, profile);
    for (int i = 0; i < 200 * RandomPackets.KINDS; i++) {
      byte[] bytes = packets.next(i % RandomPackets.KINDS).encode(profile);
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        bytes[12 + random.nextInt(52 - 4)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      for (WireProfile other : WireProfile.values()) {
        judged(bytes, other);
        judged(cut, other);
      }
    }
  }

  @RepeatedTest(64)
  void shouldSurviveGarbage() {
    var bytes = new byte[random.nextInt(200)];
    for (int type = 0; type < 256; type++) {
      random.nextBytes(bytes);
      if (bytes.length > Frame.BODY_OFFSET) {
        bytes[12] = (byte) 0x86;
        bytes[13] = (byte) 0xDF;
        bytes[16] = (byte) type;
      }
      for (WireProfile profile : WireProfile.values()) {
        judged(bytes, profile);
      }
    }
  }

  /** Whatever is found without fault lies within the frame, and can be shown. */
  private void judged(byte[] bytes, WireProfile profile) {
    String what = "%s -Dmyrixen.seed=%d".formatted(HexFormat.of().formatHex(bytes), SEED);
    if (read(bytes, profile) == FrameFault.NONE) {
      assertTrue(frame.payloadOffset + frame.payloadBytes <= bytes.length, what);
      WirePacket.of(frame, MemorySegment.ofArray(bytes), 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // A byte of the golden frame, its new value, the profile: what must be found.
    "TINY,       12, 08, MX_WIRE,      OTHER_PROTOCOL",
    "TINY,       16, 05, MX_WIRE,      UNKNOWN_TYPE",
    "TINY,       16, ff, MX_WIRE,      UNKNOWN_TYPE",
    "TINY,       21, 21, MX_WIRE,      BAD_LENGTH", // 33 bytes
    "TINY,       20, 01, MX_WIRE,      BAD_LENGTH", // 260 bytes
    "RNDV,       21, 09, MX_WIRE,      BAD_LENGTH",
    "CONNECT,    20, 0f, MX_WIRE,      BAD_LENGTH",
    "TRUC,       20, 11, MX_WIRE,      BAD_LENGTH",
    "TRUC,       28, 56, MX_WIRE,      UNKNOWN_CODE",
    "NACK_LIB,   19, 00, MX_WIRE,      UNKNOWN_CODE",
    "NACK_LIB,   19, 04, MX_WIRE,      UNKNOWN_CODE",
    "NACK_MCP,   19, 05, MX_WIRE,      UNKNOWN_CODE",
    "RAW,        20, 01, MX_WIRE,      UNKNOWN_TYPE",
    "RAW,        32, 01, MX_WIRE,      UNKNOWN_TYPE", // a NIC id of more than 48 bits
    "HOST_REPLY, 17, 01, MX_WIRE,      BAD_NAME", // empty
    "HOST_REPLY, 17, 03, MX_WIRE,      BAD_NAME", // no zero at its end
    "HOST_REPLY, 33, 00, MX_WIRE,      BAD_NAME", // a zero inside
    "HOST_REPLY, 17, 51, MX_WIRE,      BAD_LENGTH",
    "MEDIUM,     20, 80, MX_WIRE,      BAD_LENGTH", // 32769 bytes and more
    "MEDIUM,     42, 03, MX_WIRE,      BAD_FRAGMENT", // beyond the message
    "MEDIUM,     40, 06, MX_WIRE,      BAD_FRAGMENT", // shorter than the rest
    "MEDIUM,     43, 08, MX_WIRE,      BAD_FRAGMENT", // fragments of 256 bytes
    "MEDIUM,     43, 10, MX_WIRE,      BAD_FRAGMENT", // fragments of 64 KiB
    "PULL,       40, 10, MX_WIRE,      BAD_BLOCK", // first offset 4096
    "PULL,       41, 01, MX_WIRE,      BAD_BLOCK", // nine frames
    "PULL,       42, 00, MX_WIRE,      BAD_BLOCK", // no bytes
    "PULL,       46, 01, MX_WIRE,      BAD_BLOCK", // beyond the message
    "PULL,       31, 01, MX_WIRE,      BAD_BLOCK", // before it: first frame's offset is 0
  })
  void shouldRefuse(String name, int at, String value, WireProfile profile, FrameFault expected) {
    byte[] bytes = HexFormat.of().parseHex(golden(name).replace(" ", ""));
    bytes = Arrays.copyOf(bytes, name.equals("MEDIUM") ? 48 + 1808 : Math.max(64, bytes.length));
    assertEquals(FrameFault.NONE, read(bytes, profile));
    bytes[at] = (byte) HexFormat.fromHexDigits(value);

    assertEquals(expected, read(bytes, profile));
  }

  private static String golden(String name) {
    return "020000000002 020000000001 86df 0007"
        + switch (name) {
          case "TINY" -> "25030100 00040000 00010001 11223344 55667788 01020304 70696e67";
          case "RNDV" -> "28030100 00080000 00030001 11223344 55667788 01020304 00100000 02170000";
          case "CONNECT" ->
              "24030100 10000000 00000005 00000000 aabbccdd 00012345 00010009 00000000";
          case "TRUC" -> "23010300 10000000 aabbccdd 55000004 aabbccdd 00000001 00000000";
          case "NACK_LIB" -> "2c030002 00000000 00010004 00010000";
          case "NACK_MCP" -> "2d010004 00000000 00000023 21071983";
          case "RAW" -> "01000000 00000000 00000000 00000000 00000200 00000001 13052008";
          case "HOST_REPLY" -> "04050005 00000000 13052008 00000000 766d3a30 00";
          case "MEDIUM" ->
              "27030100 27100000 00020001 11223344 55667788 01020304 0710020c 00000000";
          case "PULL" -> "29010300 aabbccdd 00100000 02170000 00000023 21071983 00008000 00000000";
          default -> throw new IllegalArgumentException(name);
        };
  }

  @Test
  void shouldRefuseAFrameLongerThanItsProfile() {
    for (WireProfile profile : WireProfile.values()) {
      var packet = new WirePacket.HostQuery(new WirePacket.Head(1, 2, Frame.UNKNOWN_INDEX), 0, 0);
      byte[] bytes = packet.encode(profile);

      assertEquals(FrameFault.NONE, read(Arrays.copyOf(bytes, profile.maxFrameBytes()), profile));
      assertEquals(
          FrameFault.TOO_LONG, read(Arrays.copyOf(bytes, profile.maxFrameBytes() + 1), profile));
    }
  }

  @Test
  void shouldNameNoWindowByAnIdOfMoreThanAByte() {
    var packets = new RandomPackets(random, WireProfile.OPEN_MX_9000);
    byte[] bytes = packets.next(9).encode(WireProfile.OPEN_MX_9000);
    bytes[28] = (byte) 0x80;

    assertEquals(FrameFault.NONE, read(bytes, WireProfile.OPEN_MX_9000));
    assertEquals(256, frame.windowId);
  }

  @Test
  void shouldRefuseToWriteATypeThatDoesNotExist() {
    frame.type = 77;

    assertThrows(
        IllegalArgumentException.class,
        () -> frame.write(MemorySegment.ofArray(new byte[64]), 0, WireProfile.MX_WIRE));
  }

  @Test
  void shouldForgetEveryField() throws IllegalAccessException {
    for (var field : Frame.class.getFields()) {
      if (!java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
        if (field.getType() == boolean.class) {
          field.setBoolean(frame, true);
        } else {
          field.set(frame, field.getType() == long.class ? (Object) 1L : (Object) 1);
        }
      }
    }
    frame.clear();
    for (var field : Frame.class.getFields()) {
      if (!java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
        Object zero = field.getType() == boolean.class ? false : (Object) 0L;
        Object is = field.get(frame);
        assertEquals(zero, is instanceof Integer i ? (Object) (long) i : is, field.getName());
      }
    }
  }
}
