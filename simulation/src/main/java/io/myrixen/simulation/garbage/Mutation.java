package io.myrixen.simulation.garbage;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Changes real frames: bytes of the head, bytes anywhere, the length, who it seems to be from. */
final class Mutation {

  private static final int SOURCE_OFFSET = 6;
  private static final int ADDRESS_BYTES = 6;
  private static final int BODY_OFFSET = 14;

  /** No head is longer. */
  private static final int HEAD_BYTES = 64;

  private static final int MOST_CHANGES = 4;

  /** What is often just within or just beyond what is allowed. */
  private static final byte[] EDGES = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF};

  private final RandomGenerator random;
  private final int maxBytes;

  /** Makes frames of up to {@code maxBytes} bytes. */
  Mutation(RandomGenerator random, int maxBytes) {
    this.random = random;
    this.maxBytes = maxBytes;
  }

  /**
   * Changes a frame.
   *
   * @param stranger an address to send it from, one time in two
   */
  byte[] of(byte[] frame, long stranger) {
    byte[] changed =
        switch (random.nextInt(8)) {
          case 0 -> Arrays.copyOf(frame, 1 + random.nextInt(frame.length));
          case 1 -> Arrays.copyOf(frame, Math.min(maxBytes, frame.length + random.nextInt(64)));
          default -> frame;
        };
    if (changed.length > BODY_OFFSET) {
      for (int i = random.nextInt(MOST_CHANGES); i > 0; i--) {
        changeOne(changed);
      }
      if (random.nextBoolean()) {
        address(changed, SOURCE_OFFSET, stranger);
      }
    }
    return changed;
  }

  private void changeOne(byte[] frame) {
    boolean inHead = random.nextInt(8) > 0;
    int end = inHead ? Math.min(HEAD_BYTES, frame.length) : frame.length;
    int at = random.nextInt(BODY_OFFSET, end);
    frame[at] =
        switch (random.nextInt(3)) {
          case 0 -> EDGES[random.nextInt(EDGES.length)];
          case 1 -> (byte) (frame[at] ^ 1 << random.nextInt(Byte.SIZE));
          default -> (byte) random.nextInt();
        };
  }

  /** Writes an Ethernet address, its first byte most significant. */
  static void address(byte[] bytes, int offset, long address) {
    for (int i = 0; i < ADDRESS_BYTES; i++) {
      bytes[offset + i] = (byte) (address >> (Byte.SIZE * (ADDRESS_BYTES - 1 - i)));
    }
  }
}
