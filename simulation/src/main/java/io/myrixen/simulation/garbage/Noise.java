package io.myrixen.simulation.garbage;

import java.util.random.RandomGenerator;

/** Frames of random bytes, and such behind a head that looks right. */
final class Noise {

  private static final int SHORTEST_BYTES = 1;
  private static final int HEAD_BYTES = 14;
  private static final int ADDRESS_BYTES = 6;

  /** The Ethernet type of MXoE. */
  private static final int ETHER_TYPE = 0x86DF;

  /** MXoE's packet types are below it, with some to spare. */
  private static final int PACKET_TYPES = 64;

  /** Endpoint numbers and other small fields: right now and then. */
  private static final int SMALL_FIELD = 4;

  private final RandomGenerator random;
  private final int maxBytes;

  /** Makes frames of up to {@code maxBytes} bytes. */
  Noise(RandomGenerator random, int maxBytes) {
    this.random = random;
    this.maxBytes = maxBytes;
  }

  /**
   * Makes a frame.
   *
   * @param destination address of a board
   * @param source address of another
   */
  byte[] next(long destination, long source) {
    int length = random.nextInt(SHORTEST_BYTES, maxBytes + 1);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    if (length > HEAD_BYTES && random.nextInt(8) > 0) {
      Mutation.address(bytes, 0, destination);
      Mutation.address(bytes, ADDRESS_BYTES, source);
      bytes[2 * ADDRESS_BYTES] = (byte) (ETHER_TYPE >> Byte.SIZE);
      bytes[2 * ADDRESS_BYTES + 1] = (byte) ETHER_TYPE;
      for (int i = HEAD_BYTES; i < Math.min(length, HEAD_BYTES + 32); i++) {
        if (random.nextBoolean()) {
          bytes[i] = (byte) random.nextInt(random.nextBoolean() ? SMALL_FIELD : PACKET_TYPES);
        }
      }
    }
    return bytes;
  }
}
