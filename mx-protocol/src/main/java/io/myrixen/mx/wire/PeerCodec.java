package io.myrixen.mx.wire;

import java.lang.foreign.MemorySegment;

/**
 * RAW, HOST_QUERY, HOST_REPLY and CONNECT: how NICs and endpoints become acquainted. Offsets are
 * from the beginning of the body.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  RAW, to the broadcast address, peer index 0, 64 bytes with the Ethernet header:
 *  +---------------+-----------------------------------------------+
 *  |     Type      |                 0, to byte 15                ...
 *  +---------------+-----------------------------------------------+
 *  |                                                               |
 *  +                            NIC id                             +
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                            Serial                             |
 *  +---------------------------------------------------------------+
 *  |                         0, to byte 47                        ...
 *
 *  HOST_QUERY, HOST_REPLY:
 *  +---------------+---------------+-------------------------------+
 *  |     Type      |  Name length  |     Index of the receiver     |
 *  +---------------+---------------+-------------------------------+
 *  |                              0                                |
 *  +---------------------------------------------------------------+
 *  |                            Magic                              |
 *  +---------------------------------------------------------------+
 *  |                              0                                |
 *  +---------------------------------------------------------------+
 *  |                    Name and a zero (reply)                   ...
 *
 *  CONNECT:
 *  +---------------+---------------+---------------+---------------+
 *  |     Type      | Dest endpoint | Src endpoint  |Src generation |
 *  +---------------+---------------+---------------+---------------+
 *  |   Length 16   |                      0                        |
 *  +---------------+---------------+-------------------------------+
 *  |       Sequence number 0       |     Index of the receiver     |
 *  +-------------------------------+-------------------------------+
 *  |                              0                                |
 *  +---------------------------------------------------------------+
 *  |                    Session of the connector                   |
 *  +---------------------------------------------------------------+
 *  |            Key (request) or replier's session (reply)         |
 *  +-------------------------------+---------------+---------------+
 *  |  Number expected to receive   |   Is reply    |Connect number |
 *  +---------------+---------------+---------------+---------------+
 *  |Status (reply) |                      0                        |
 *  +---------------+-----------------------------------------------+
 * </pre>
 */
final class PeerCodec {

  private static final int CONNECT_BYTES = 16;

  /** A hostname with its zero, as in MX. */
  private static final int NAME_MAX_BYTES = 80;

  private static final int NIC_ID_OFFSET = 16;
  private static final int SERIAL_OFFSET = NIC_ID_OFFSET + Long.BYTES;

  private static final int NAME_LENGTH_OFFSET = 1;
  private static final int HOST_INDEX_OFFSET = NAME_LENGTH_OFFSET + 1;
  private static final int MAGIC_OFFSET = HOST_INDEX_OFFSET + Short.BYTES + Integer.BYTES;

  private static final int LENGTH_OFFSET = MessageCodec.GENERATION_OFFSET + 1;
  private static final int SEQUENCE_OFFSET = LENGTH_OFFSET + Integer.BYTES;
  private static final int CONNECT_INDEX_OFFSET = SEQUENCE_OFFSET + Short.BYTES;
  private static final int SESSION_OFFSET = CONNECT_INDEX_OFFSET + Short.BYTES + Integer.BYTES;
  private static final int KEY_OFFSET = SESSION_OFFSET + Integer.BYTES;
  private static final int START_OFFSET = KEY_OFFSET + Integer.BYTES;
  private static final int IS_REPLY_OFFSET = START_OFFSET + Short.BYTES;
  private static final int CONNECT_SEQUENCE_OFFSET = IS_REPLY_OFFSET + 1;
  private static final int STATUS_OFFSET = CONNECT_SEQUENCE_OFFSET + 1;

  private PeerCodec() {}

  /**
   * Reads discovery's packet, the only RAW one we know; a mapper's other ones are told apart by
   * what discovery leaves zero.
   */
  static FrameFault readDiscovery(MemorySegment memory, long body, Frame frame) {
    frame.nicId = WireBytes.i64(memory, body + NIC_ID_OFFSET);
    frame.magic = WireBytes.i32(memory, body + SERIAL_OFFSET);
    long reserved = WireBytes.i64(memory, body + 1) | WireBytes.i64(memory, body + Long.BYTES);
    return reserved == 0 && frame.nicId >>> 48 == 0 ? FrameFault.NONE : FrameFault.UNKNOWN_TYPE;
  }

  static void writeDiscovery(MemorySegment memory, long body, Frame frame) {
    WireBytes.put64(memory, body + NIC_ID_OFFSET, frame.nicId);
    WireBytes.put32(memory, body + SERIAL_OFFSET, frame.magic);
  }

  static FrameFault readHostQuery(MemorySegment memory, long body, Frame frame) {
    frame.reverseIndex = WireBytes.u16(memory, body + HOST_INDEX_OFFSET);
    frame.magic = WireBytes.i32(memory, body + MAGIC_OFFSET);
    return FrameFault.NONE;
  }

  static FrameFault readHostReply(MemorySegment memory, long body, int length, Frame frame) {
    readHostQuery(memory, body, frame);
    frame.payloadBytes = WireBytes.u8(memory, body + NAME_LENGTH_OFFSET);
    if (frame.payloadBytes > length - frame.payloadOffset) {
      return FrameFault.BAD_LENGTH;
    }
    if (frame.payloadBytes < 2 || frame.payloadBytes > NAME_MAX_BYTES) {
      return FrameFault.BAD_NAME;
    }
    long name = body + frame.payloadOffset - Frame.BODY_OFFSET;
    int last = frame.payloadBytes - 1;
    for (int i = 0; i <= last; i++) {
      if (WireBytes.u8(memory, name + i) == 0 != (i == last)) {
        return FrameFault.BAD_NAME;
      }
    }
    return FrameFault.NONE;
  }

  static void writeHost(MemorySegment memory, long body, Frame frame) {
    int nameLength = frame.type == PacketType.HOST_REPLY ? frame.payloadBytes : 0;
    WireBytes.put8(memory, body + NAME_LENGTH_OFFSET, nameLength);
    WireBytes.put16(memory, body + HOST_INDEX_OFFSET, frame.reverseIndex);
    WireBytes.put32(memory, body + MAGIC_OFFSET, frame.magic);
  }

  static FrameFault readConnect(MemorySegment memory, long body, Frame frame) {
    MessageCodec.readEndpoints(memory, body, frame);
    frame.sequence = WireBytes.u16(memory, body + SEQUENCE_OFFSET);
    frame.reverseIndex = WireBytes.u16(memory, body + CONNECT_INDEX_OFFSET);
    frame.session = WireBytes.i32(memory, body + SESSION_OFFSET);
    frame.keyOrSession = WireBytes.i32(memory, body + KEY_OFFSET);
    frame.receiveSequenceStart = WireBytes.u16(memory, body + START_OFFSET);
    frame.reply = WireBytes.u8(memory, body + IS_REPLY_OFFSET) != 0;
    frame.connectSequence = WireBytes.u8(memory, body + CONNECT_SEQUENCE_OFFSET);
    frame.connectStatus = WireBytes.u8(memory, body + STATUS_OFFSET);
    return WireBytes.u8(memory, body + LENGTH_OFFSET) == CONNECT_BYTES
        ? FrameFault.NONE
        : FrameFault.BAD_LENGTH;
  }

  static void writeConnect(MemorySegment memory, long body, Frame frame) {
    MessageCodec.writeEndpoints(memory, body, frame);
    WireBytes.put8(memory, body + LENGTH_OFFSET, CONNECT_BYTES);
    WireBytes.put16(memory, body + SEQUENCE_OFFSET, frame.sequence);
    WireBytes.put16(memory, body + CONNECT_INDEX_OFFSET, frame.reverseIndex);
    WireBytes.put32(memory, body + SESSION_OFFSET, frame.session);
    WireBytes.put32(memory, body + KEY_OFFSET, frame.keyOrSession);
    WireBytes.put16(memory, body + START_OFFSET, frame.receiveSequenceStart);
    WireBytes.put8(memory, body + IS_REPLY_OFFSET, frame.reply ? 1 : 0);
    WireBytes.put8(memory, body + CONNECT_SEQUENCE_OFFSET, frame.connectSequence);
    WireBytes.put8(memory, body + STATUS_OFFSET, frame.connectStatus);
  }
}
