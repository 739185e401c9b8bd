package io.myrixen.mx.wire;

import java.lang.foreign.MemorySegment;

/**
 * TINY, SMALL, MEDIUM and RNDV: what takes a match info and a sequence number. Offsets are from the
 * beginning of the body.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------+---------------+---------------+---------------+
 *  |     Type      | Dest endpoint | Src endpoint  |Src generation |
 *  +---------------+---------------+---------------+---------------+
 *  |        Length (RNDV: 8)       |  Checksum (MEDIUM: at 28)     |
 *  +-------------------------------+-------------------------------+
 *  |       Sequence number         |       Acknowledgement         |
 *  +-------------------------------+-------------------------------+
 *  |                                                               |
 *  +                          Match info                           +
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                 Session of the destination                    |
 *  +---------------------------------------------------------------+
 *  TINY, SMALL: payload from here
 *  MEDIUM:
 *  +-------------------------------+---------------+---------------+
 *  |       Fragment length         |Fragment index |Pipeline (comp)|
 *  +-------------------------------+---------------+---------------+
 *  |           Checksum            |              0                |
 *  +-------------------------------+-------------------------------+
 *  |                           Payload                            ...
 *  RNDV:
 *  +---------------------------------------------------------------+
 *  |                      Length of the message                    |
 *  +---------------+---------------+-------------------------------+
 *  |   Window id   |  Generation   |      Offset in the window     |
 *  +---------------+---------------+-------------------------------+
 * </pre>
 *
 * <p>The length of a MEDIUM is 16 bits in native MX's layout, 32 in Open-MX's own.
 */
final class MessageCodec {

  private static final int TINY_MAX_BYTES = 32;
  private static final int SMALL_MAX_BYTES = 128;

  /** Eight of native MX's fragments; with Open-MX's own profiles eager messages end there too. */
  private static final int MEDIUM_MAX_BYTES = 32 * 1024;

  /**
   * Native MX may cut as it likes and says how; less than 512 bytes a fragment would be more
   * fragments than a receiver keeps bits for, more than a message makes no sense.
   */
  private static final int PIPELINE_MIN = 9;

  private static final int PIPELINE_MAX = 15;

  /** Bytes after the header that announce the message. */
  private static final int RNDV_DATA_BYTES = 8;

  static final int DESTINATION_ENDPOINT_OFFSET = 1;
  static final int SOURCE_ENDPOINT_OFFSET = DESTINATION_ENDPOINT_OFFSET + 1;
  static final int GENERATION_OFFSET = SOURCE_ENDPOINT_OFFSET + 1;
  private static final int LENGTH_OFFSET = GENERATION_OFFSET + 1;
  private static final int CHECKSUM_OFFSET = LENGTH_OFFSET + Short.BYTES;
  private static final int SEQUENCE_OFFSET = CHECKSUM_OFFSET + Short.BYTES;
  private static final int ACK_OFFSET = SEQUENCE_OFFSET + Short.BYTES;
  private static final int MATCH_INFO_OFFSET = ACK_OFFSET + Short.BYTES;
  private static final int SESSION_OFFSET = MATCH_INFO_OFFSET + Long.BYTES;
  private static final int DATA_OFFSET = SESSION_OFFSET + Integer.BYTES;

  private static final int FRAGMENT_LENGTH_OFFSET = DATA_OFFSET;
  private static final int FRAGMENT_INDEX_OFFSET = FRAGMENT_LENGTH_OFFSET + Short.BYTES;
  private static final int PIPELINE_OFFSET = FRAGMENT_INDEX_OFFSET + 1;
  private static final int MEDIUM_CHECKSUM_OFFSET = PIPELINE_OFFSET + 1;

  private static final int MESSAGE_LENGTH_OFFSET = DATA_OFFSET;
  private static final int WINDOW_ID_OFFSET = MESSAGE_LENGTH_OFFSET + Integer.BYTES;
  private static final int WINDOW_GENERATION_OFFSET = WINDOW_ID_OFFSET + 1;
  private static final int WINDOW_OFFSET_OFFSET = WINDOW_GENERATION_OFFSET + 1;

  private MessageCodec() {}

  /** Reads the three bytes after the type that say whom an endpoint's packet is for and from. */
  static void readEndpoints(MemorySegment memory, long body, Frame frame) {
    frame.destinationEndpoint = WireBytes.u8(memory, body + DESTINATION_ENDPOINT_OFFSET);
    frame.sourceEndpoint = WireBytes.u8(memory, body + SOURCE_ENDPOINT_OFFSET);
    frame.sourceGeneration = WireBytes.u8(memory, body + GENERATION_OFFSET);
  }

  static void writeEndpoints(MemorySegment memory, long body, Frame frame) {
    WireBytes.put8(memory, body + DESTINATION_ENDPOINT_OFFSET, frame.destinationEndpoint);
    WireBytes.put8(memory, body + SOURCE_ENDPOINT_OFFSET, frame.sourceEndpoint);
    WireBytes.put8(memory, body + GENERATION_OFFSET, frame.sourceGeneration);
  }

  private static void readHead(MemorySegment memory, long body, Frame frame) {
    readEndpoints(memory, body, frame);
    frame.sequence = WireBytes.u16(memory, body + SEQUENCE_OFFSET);
    frame.ack = WireBytes.u16(memory, body + ACK_OFFSET);
    frame.matchInfo = WireBytes.i64(memory, body + MATCH_INFO_OFFSET);
    frame.session = WireBytes.i32(memory, body + SESSION_OFFSET);
  }

  private static void writeHead(MemorySegment memory, long body, Frame frame) {
    writeEndpoints(memory, body, frame);
    WireBytes.put16(memory, body + SEQUENCE_OFFSET, frame.sequence);
    WireBytes.put16(memory, body + ACK_OFFSET, frame.ack);
    WireBytes.put64(memory, body + MATCH_INFO_OFFSET, frame.matchInfo);
    WireBytes.put32(memory, body + SESSION_OFFSET, frame.session);
  }

  static FrameFault readEager(MemorySegment memory, long body, Frame frame) {
    readHead(memory, body, frame);
    frame.payloadBytes = WireBytes.u16(memory, body + LENGTH_OFFSET);
    frame.lengthBytes = frame.payloadBytes;
    frame.checksum = WireBytes.u16(memory, body + CHECKSUM_OFFSET);
    int most = frame.type == PacketType.TINY ? TINY_MAX_BYTES : SMALL_MAX_BYTES;
    return frame.payloadBytes <= most ? FrameFault.NONE : FrameFault.BAD_LENGTH;
  }

  static void writeEager(MemorySegment memory, long body, Frame frame) {
    writeHead(memory, body, frame);
    WireBytes.put16(memory, body + LENGTH_OFFSET, frame.payloadBytes);
    WireBytes.put16(memory, body + CHECKSUM_OFFSET, frame.checksum);
  }

  static FrameFault readMedium(MemorySegment memory, long body, Frame frame, WireProfile profile) {
    readHead(memory, body, frame);
    int index = WireBytes.u8(memory, body + FRAGMENT_INDEX_OFFSET);
    if (profile.nativeMxLayout()) {
      frame.lengthBytes = WireBytes.u16(memory, body + LENGTH_OFFSET);
      int pipeline = WireBytes.u8(memory, body + PIPELINE_OFFSET);
      if (pipeline < PIPELINE_MIN || pipeline > PIPELINE_MAX) {
        return FrameFault.BAD_FRAGMENT;
      }
      frame.fragmentUnit = 1 << pipeline;
    } else {
      frame.lengthBytes = WireBytes.u32(memory, body + LENGTH_OFFSET);
      frame.fragmentUnit = profile.mediumFragmentBytes();
    }
    frame.payloadBytes = WireBytes.u16(memory, body + FRAGMENT_LENGTH_OFFSET);
    frame.checksum = WireBytes.u16(memory, body + MEDIUM_CHECKSUM_OFFSET);
    frame.fragmentOffset = (long) index * frame.fragmentUnit;
    if (frame.lengthBytes > MEDIUM_MAX_BYTES) {
      return FrameFault.BAD_LENGTH;
    }
    long left = frame.lengthBytes - frame.fragmentOffset;
    return left > 0 && frame.payloadBytes == Math.min(left, frame.fragmentUnit)
        ? FrameFault.NONE
        : FrameFault.BAD_FRAGMENT;
  }

  static void writeMedium(MemorySegment memory, long body, Frame frame, WireProfile profile) {
    writeHead(memory, body, frame);
    if (profile.nativeMxLayout()) {
      WireBytes.put16(memory, body + LENGTH_OFFSET, (int) frame.lengthBytes);
      int pipeline = Integer.numberOfTrailingZeros(frame.fragmentUnit);
      WireBytes.put8(memory, body + PIPELINE_OFFSET, pipeline);
    } else {
      WireBytes.put32(memory, body + LENGTH_OFFSET, (int) frame.lengthBytes);
    }
    WireBytes.put16(memory, body + FRAGMENT_LENGTH_OFFSET, frame.payloadBytes);
    int index = (int) (frame.fragmentOffset / frame.fragmentUnit);
    WireBytes.put8(memory, body + FRAGMENT_INDEX_OFFSET, index);
    WireBytes.put16(memory, body + MEDIUM_CHECKSUM_OFFSET, frame.checksum);
  }

  static FrameFault readRndv(MemorySegment memory, long body, Frame frame) {
    readHead(memory, body, frame);
    frame.checksum = WireBytes.u16(memory, body + CHECKSUM_OFFSET);
    frame.lengthBytes = WireBytes.u32(memory, body + MESSAGE_LENGTH_OFFSET);
    frame.windowId = WireBytes.u8(memory, body + WINDOW_ID_OFFSET);
    frame.windowGeneration = WireBytes.u8(memory, body + WINDOW_GENERATION_OFFSET);
    frame.windowOffset = WireBytes.u16(memory, body + WINDOW_OFFSET_OFFSET);
    return WireBytes.u16(memory, body + LENGTH_OFFSET) == RNDV_DATA_BYTES
        ? FrameFault.NONE
        : FrameFault.BAD_LENGTH;
  }

  static void writeRndv(MemorySegment memory, long body, Frame frame) {
    writeHead(memory, body, frame);
    WireBytes.put16(memory, body + LENGTH_OFFSET, RNDV_DATA_BYTES);
    WireBytes.put16(memory, body + CHECKSUM_OFFSET, frame.checksum);
    WireBytes.put32(memory, body + MESSAGE_LENGTH_OFFSET, (int) frame.lengthBytes);
    WireBytes.put8(memory, body + WINDOW_ID_OFFSET, frame.windowId);
    WireBytes.put8(memory, body + WINDOW_GENERATION_OFFSET, frame.windowGeneration);
    WireBytes.put16(memory, body + WINDOW_OFFSET_OFFSET, (int) frame.windowOffset);
  }
}
