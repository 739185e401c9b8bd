package io.myrixen.mx.window;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Layout of a slot of any of the window's three queues: a cache line.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------+---------------+-------------------------------+
 *  |     Kind      |   Endpoint    |             Lap               |
 *  +---------------+---------------+-------------------------------+
 *  |       Sequence number         |       Acknowledgement         |
 *  +-------------------------------+-------------------------------+
 *  |                            Session                            |
 *  +---------------------------------------------------------------+
 *  |                       Length, in bytes                        |
 *  +---------------------------------------------------------------+
 *  |                                                               |
 *  +                          Match info                           +
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                                                               |
 *  +                            NIC id                             +
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                                                               |
 *  +                   Detail, 32 bytes, by kind                   +
 *  |                                                               |
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Endpoint and NIC id name the destination in a command and the source in an event. The first
 * word is stored last, with release: a reader that finds the lap it expects may read the rest. A
 * lap is {@code 1 + position / capacity}, modulo 65536, so that memory never written is never valid
 * and no index needs to be shared to find the next entry.
 */
final class SlotFields {

  /** Length of a slot, in bytes. */
  static final int LENGTH = 64;

  static final int HEADER_OFFSET = 0;
  static final int SEQUENCE_AND_SESSION_OFFSET = HEADER_OFFSET + Integer.BYTES;
  static final int LENGTH_OFFSET = SEQUENCE_AND_SESSION_OFFSET + Long.BYTES;
  static final int MATCH_INFO_OFFSET = LENGTH_OFFSET + Integer.BYTES;
  static final int NIC_ID_OFFSET = MATCH_INFO_OFFSET + Long.BYTES;
  static final int DETAIL_OFFSET = NIC_ID_OFFSET + Long.BYTES;

  static final VarHandle INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
  static final VarHandle LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

  /** The word at offset 4 is not aligned for 64 bits. */
  static final VarHandle LONG_UNALIGNED =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

  private SlotFields() {}

  static int header(int kind, int endpoint, long position, int capacityLog2) {
    return (kind & 0xFF) | (endpoint & 0xFF) << 8 | lap(position, capacityLog2) << 16;
  }

  static int lap(long position, int capacityLog2) {
    return (int) ((position >>> capacityLog2) + 1) & 0xFFFF;
  }
}
