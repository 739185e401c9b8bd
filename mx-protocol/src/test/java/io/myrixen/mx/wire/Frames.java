package io.myrixen.mx.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** What the tests of the slot codec share. */
final class Frames {

  /** What is in memory before a frame is written: shows what the codec forgets to write. */
  private static final byte OLD = (byte) 0xEE;

  private Frames() {}

  /** Writes {@code frame}, which was read from the beginning of {@code from}, over old bytes. */
  static byte[] write(Frame frame, MemorySegment from, WireProfile profile) {
    var memory = MemorySegment.ofArray(new byte[profile.maxFrameBytes() + 64]).fill(OLD);
    int payload = frame.payloadOffset;
    int length = frame.write(memory, 0, profile);
    assertEquals(payload, frame.payloadOffset);
    MemorySegment.copy(from, payload, memory, payload, frame.payloadBytes);
    return Arrays.copyOf(memory.toArray(ValueLayout.JAVA_BYTE), length);
  }

  /** How many bytes of {@code whole} are more than padding. */
  static int needed(byte[] whole, WireProfile profile) {
    var frame = new Frame();
    var memory = MemorySegment.ofArray(whole);
    assertEquals(FrameFault.NONE, frame.read(memory, 0, whole.length, profile));
    return frame.payloadOffset + frame.payloadBytes;
  }
}
