package io.myrixen.mx.wire;

import java.lang.foreign.MemorySegment;

/**
 * TRUC, NACK_LIB and NACK_MCP: what answers and is never answered. Offsets are from the beginning
 * of the body.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  TRUC:
 *  +---------------+---------------+---------------+---------------+
 *  |     Type      | Dest endpoint | Src endpoint  |Src generation |
 *  +---------------+---------------+---------------+---------------+
 *  |   Length 16   |                      0                        |
 *  +---------------+-----------------------------------------------+
 *  |                 Session of the destination                    |
 *  +---------------+---------------+-------------------------------+
 *  |   0x55: ack   |       0       |     Next number expected      |
 *  +---------------+---------------+-------------------------------+
 *  |                    Session, once more                         |
 *  +---------------------------------------------------------------+
 *  |                         Ack number                            |
 *  +-------------------------------+---------------+---------------+
 *  |      Next number to send      | Sent again    |       0       |
 *  +-------------------------------+---------------+---------------+
 *
 *  NACK_LIB and NACK_MCP begin alike:
 *  +---------------+---------------+---------------+---------------+
 *  |     Type      | Src endpoint  |Src generation |   Nack type   |
 *  +---------------+---------------+---------------+---------------+
 *  |                              0                                |
 *  +---------------------------------------------------------------+
 *  NACK_LIB:
 *  +---------------+---------------+-------------------------------+
 *  |       0       | Dest endpoint | Index of the receiver         |
 *  +---------------+---------------+-------------------------------+
 *  |    Refused sequence number    |              0                |
 *  +-------------------------------+-------------------------------+
 *  NACK_MCP:
 *  +---------------------------------------------------------------+
 *  |                         Pull handle                           |
 *  +---------------------------------------------------------------+
 *  |                            Magic                              |
 *  +---------------------------------------------------------------+
 * </pre>
 */
final class AnswerCodec {

  /** The only kind of TRUC that there is. */
  private static final int ACK_CODE = 0x55;

  private static final int ACK_BYTES = 16;

  private static final int NACK_LIB_MAX = 3;
  private static final int NACK_MCP_MAX = 4;

  private static final int LENGTH_OFFSET = MessageCodec.GENERATION_OFFSET + 1;
  private static final int SESSION_OFFSET = LENGTH_OFFSET + Integer.BYTES;
  private static final int CODE_OFFSET = SESSION_OFFSET + Integer.BYTES;
  private static final int EXPECTED_OFFSET = CODE_OFFSET + Short.BYTES;
  private static final int SESSION_AGAIN_OFFSET = EXPECTED_OFFSET + Short.BYTES;
  private static final int ACK_NUMBER_OFFSET = SESSION_AGAIN_OFFSET + Integer.BYTES;
  private static final int NEXT_SEQUENCE_OFFSET = ACK_NUMBER_OFFSET + Integer.BYTES;
  private static final int RESENT_OFFSET = NEXT_SEQUENCE_OFFSET + Short.BYTES;

  private static final int NACK_SOURCE_ENDPOINT_OFFSET = 1;
  private static final int NACK_GENERATION_OFFSET = NACK_SOURCE_ENDPOINT_OFFSET + 1;
  private static final int NACK_TYPE_OFFSET = NACK_GENERATION_OFFSET + 1;
  private static final int NACK_HANDLE_OFFSET = NACK_TYPE_OFFSET + 5;
  private static final int NACK_DESTINATION_ENDPOINT_OFFSET = NACK_TYPE_OFFSET + 6;
  private static final int NACK_INDEX_OFFSET = NACK_DESTINATION_ENDPOINT_OFFSET + 1;
  private static final int NACK_SEQUENCE_OFFSET = NACK_INDEX_OFFSET + Short.BYTES;

  private AnswerCodec() {}

  static FrameFault readTruc(MemorySegment memory, long body, Frame frame) {
    MessageCodec.readEndpoints(memory, body, frame);
    frame.session = WireBytes.i32(memory, body + SESSION_OFFSET);
    frame.sequence = WireBytes.u16(memory, body + EXPECTED_OFFSET);
    frame.ackNumber = WireBytes.i32(memory, body + ACK_NUMBER_OFFSET);
    frame.nextSequence = WireBytes.u16(memory, body + NEXT_SEQUENCE_OFFSET);
    frame.resent = WireBytes.u8(memory, body + RESENT_OFFSET);
    if (WireBytes.u8(memory, body + LENGTH_OFFSET) != ACK_BYTES) {
      return FrameFault.BAD_LENGTH;
    }
    return WireBytes.u8(memory, body + CODE_OFFSET) == ACK_CODE
        ? FrameFault.NONE
        : FrameFault.UNKNOWN_CODE;
  }

  static void writeTruc(MemorySegment memory, long body, Frame frame) {
    MessageCodec.writeEndpoints(memory, body, frame);
    WireBytes.put8(memory, body + LENGTH_OFFSET, ACK_BYTES);
    WireBytes.put32(memory, body + SESSION_OFFSET, frame.session);
    WireBytes.put8(memory, body + CODE_OFFSET, ACK_CODE);
    WireBytes.put16(memory, body + EXPECTED_OFFSET, frame.sequence);
    WireBytes.put32(memory, body + SESSION_AGAIN_OFFSET, frame.session);
    WireBytes.put32(memory, body + ACK_NUMBER_OFFSET, frame.ackNumber);
    WireBytes.put16(memory, body + NEXT_SEQUENCE_OFFSET, frame.nextSequence);
    WireBytes.put8(memory, body + RESENT_OFFSET, frame.resent);
  }

  private static FrameFault readNack(MemorySegment memory, long body, int most, Frame frame) {
    frame.sourceEndpoint = WireBytes.u8(memory, body + NACK_SOURCE_ENDPOINT_OFFSET);
    frame.sourceGeneration = WireBytes.u8(memory, body + NACK_GENERATION_OFFSET);
    frame.nackType = WireBytes.u8(memory, body + NACK_TYPE_OFFSET);
    return frame.nackType >= 1 && frame.nackType <= most
        ? FrameFault.NONE
        : FrameFault.UNKNOWN_CODE;
  }

  private static void writeNack(MemorySegment memory, long body, Frame frame) {
    WireBytes.put8(memory, body + NACK_SOURCE_ENDPOINT_OFFSET, frame.sourceEndpoint);
    WireBytes.put8(memory, body + NACK_GENERATION_OFFSET, frame.sourceGeneration);
    WireBytes.put8(memory, body + NACK_TYPE_OFFSET, frame.nackType);
  }

  static FrameFault readNackLib(MemorySegment memory, long body, Frame frame) {
    frame.destinationEndpoint = WireBytes.u8(memory, body + NACK_DESTINATION_ENDPOINT_OFFSET);
    frame.reverseIndex = WireBytes.u16(memory, body + NACK_INDEX_OFFSET);
    frame.sequence = WireBytes.u16(memory, body + NACK_SEQUENCE_OFFSET);
    return readNack(memory, body, NACK_LIB_MAX, frame);
  }

  static void writeNackLib(MemorySegment memory, long body, Frame frame) {
    writeNack(memory, body, frame);
    WireBytes.put8(memory, body + NACK_DESTINATION_ENDPOINT_OFFSET, frame.destinationEndpoint);
    WireBytes.put16(memory, body + NACK_INDEX_OFFSET, frame.reverseIndex);
    WireBytes.put16(memory, body + NACK_SEQUENCE_OFFSET, frame.sequence);
  }

  static FrameFault readNackMcp(MemorySegment memory, long body, Frame frame) {
    PullCodec.readPuller(memory, body + NACK_HANDLE_OFFSET, frame);
    return readNack(memory, body, NACK_MCP_MAX, frame);
  }

  static void writeNackMcp(MemorySegment memory, long body, Frame frame) {
    writeNack(memory, body, frame);
    PullCodec.writePuller(memory, body + NACK_HANDLE_OFFSET, frame);
  }
}
