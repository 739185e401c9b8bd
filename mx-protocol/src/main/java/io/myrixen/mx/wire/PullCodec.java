package io.myrixen.mx.wire;

import java.lang.foreign.MemorySegment;

/**
 * PULL, PULL_REPLY and NOTIFY: how an announced message is fetched. Offsets are from the beginning
 * of the body.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  PULL and NOTIFY begin alike:
 *  +---------------+---------------+---------------+---------------+
 *  |     Type      | Dest endpoint | Src endpoint  |Src generation |
 *  +---------------+---------------+---------------+---------------+
 *  |                 Session of the destination                    |
 *  +---------------------------------------------------------------+
 *  |        Length of the whole pull, or bytes taken               |
 *  +---------------------------------------------------------------+
 *  PULL, native MX:
 *  +---------------+---------------+-------------------------------+
 *  |   Window id   |  Generation   |      Offset in the window     |
 *  +---------------+---------------+-------------------------------+
 *  |                         Pull handle                           |
 *  +---------------------------------------------------------------+
 *  |                            Magic                              |
 *  +-------------------------------+-------------------------------+
 *  |      First frame offset       |         Block length          |
 *  +-------------------------------+-------------------------------+
 *  |                         Frame index                           |
 *  +---------------------------------------------------------------+
 *  PULL, Open-MX: the same fields, of 32 bits each; the generation is the first byte of its word
 *
 *  NOTIFY:
 *  +---------------+---------------+-------------------------------+
 *  |   Window id   |  Generation   |              0                |
 *  +---------------+---------------+-------------------------------+
 *  |              0                |       Sequence number         |
 *  +-------------------------------+-------------------------------+
 *  |       Acknowledgement         |              0                |
 *  +-------------------------------+-------------------------------+
 *
 *  PULL_REPLY:
 *  +---------------+---------------+-------------------------------+
 *  |     Type      |Frame index%256|         Frame length          |
 *  +---------------+---------------+-------------------------------+
 *  |                   Position in the message                     |
 *  +---------------------------------------------------------------+
 *  |                         Pull handle                           |
 *  +---------------------------------------------------------------+
 *  |                            Magic                              |
 *  +---------------------------------------------------------------+
 *  |                           Payload                            ...
 * </pre>
 */
final class PullCodec {

  /** One beyond the last id: names no window, so that who looks it up says so. */
  private static final int NO_WINDOW = 256;

  private static final int SESSION_OFFSET = MessageCodec.GENERATION_OFFSET + 1;
  private static final int TOTAL_LENGTH_OFFSET = SESSION_OFFSET + Integer.BYTES;
  private static final int WINDOW_ID_OFFSET = TOTAL_LENGTH_OFFSET + Integer.BYTES;

  private static final int GENERATION_OFFSET = WINDOW_ID_OFFSET + 1;
  private static final int WINDOW_OFFSET_OFFSET = GENERATION_OFFSET + 1;
  private static final int HANDLE_OFFSET = WINDOW_OFFSET_OFFSET + Short.BYTES;
  private static final int FIRST_FRAME_OFFSET_OFFSET = HANDLE_OFFSET + 2 * Integer.BYTES;
  private static final int BLOCK_LENGTH_OFFSET = FIRST_FRAME_OFFSET_OFFSET + Short.BYTES;
  private static final int FRAME_INDEX_OFFSET = BLOCK_LENGTH_OFFSET + Short.BYTES;

  private static final int WIDE_GENERATION_OFFSET = WINDOW_ID_OFFSET + Integer.BYTES;
  private static final int WIDE_WINDOW_OFFSET_OFFSET = WIDE_GENERATION_OFFSET + Integer.BYTES;
  private static final int WIDE_HANDLE_OFFSET = WIDE_WINDOW_OFFSET_OFFSET + Integer.BYTES;
  private static final int WIDE_FIRST_FRAME_OFFSET_OFFSET = WIDE_HANDLE_OFFSET + 2 * Integer.BYTES;
  private static final int WIDE_BLOCK_LENGTH_OFFSET =
      WIDE_FIRST_FRAME_OFFSET_OFFSET + Integer.BYTES;
  private static final int WIDE_FRAME_INDEX_OFFSET = WIDE_BLOCK_LENGTH_OFFSET + Integer.BYTES;

  private static final int NOTIFY_SEQUENCE_OFFSET = GENERATION_OFFSET + 5;
  private static final int NOTIFY_ACK_OFFSET = NOTIFY_SEQUENCE_OFFSET + Short.BYTES;

  private static final int FRAME_SEQUENCE_OFFSET = 1;
  private static final int FRAME_LENGTH_OFFSET = FRAME_SEQUENCE_OFFSET + 1;
  private static final int MESSAGE_OFFSET_OFFSET = FRAME_LENGTH_OFFSET + Short.BYTES;
  private static final int REPLY_HANDLE_OFFSET = MESSAGE_OFFSET_OFFSET + Integer.BYTES;

  private PullCodec() {}

  static FrameFault readPull(MemorySegment memory, long body, Frame frame, WireProfile profile) {
    MessageCodec.readEndpoints(memory, body, frame);
    frame.session = WireBytes.i32(memory, body + SESSION_OFFSET);
    frame.lengthBytes = WireBytes.u32(memory, body + TOTAL_LENGTH_OFFSET);
    long first;
    long block;
    if (profile.nativeMxLayout()) {
      frame.windowId = WireBytes.u8(memory, body + WINDOW_ID_OFFSET);
      frame.windowGeneration = WireBytes.u8(memory, body + GENERATION_OFFSET);
      frame.windowOffset = WireBytes.u16(memory, body + WINDOW_OFFSET_OFFSET);
      readPuller(memory, body + HANDLE_OFFSET, frame);
      first = WireBytes.u16(memory, body + FIRST_FRAME_OFFSET_OFFSET);
      block = WireBytes.u16(memory, body + BLOCK_LENGTH_OFFSET);
      frame.frameIndex = WireBytes.u32(memory, body + FRAME_INDEX_OFFSET);
    } else {
      frame.windowId = (int) Math.min(WireBytes.u32(memory, body + WINDOW_ID_OFFSET), NO_WINDOW);
      frame.windowGeneration = WireBytes.u8(memory, body + WIDE_GENERATION_OFFSET);
      frame.windowOffset = WireBytes.u32(memory, body + WIDE_WINDOW_OFFSET_OFFSET);
      readPuller(memory, body + WIDE_HANDLE_OFFSET, frame);
      first = WireBytes.u32(memory, body + WIDE_FIRST_FRAME_OFFSET_OFFSET);
      block = WireBytes.u32(memory, body + WIDE_BLOCK_LENGTH_OFFSET);
      frame.frameIndex = WireBytes.u32(memory, body + WIDE_FRAME_INDEX_OFFSET);
    }
    int unit = profile.pullReplyBytes();
    if (first >= unit || block == 0 || first + block > (long) profile.repliesPerBlock() * unit) {
      return FrameFault.BAD_BLOCK;
    }
    frame.firstFrameOffset = (int) first;
    frame.blockBytes = (int) block;
    long position = blockOffset(frame, profile);
    return position >= 0 && position + block <= frame.lengthBytes
        ? FrameFault.NONE
        : FrameFault.BAD_BLOCK;
  }

  /** Where a PULL's block begins in the message. */
  static long blockOffset(Frame frame, WireProfile profile) {
    int unit = profile.pullReplyBytes();
    return frame.frameIndex * unit - frame.windowOffset % unit + frame.firstFrameOffset;
  }

  static void writePull(MemorySegment memory, long body, Frame frame, WireProfile profile) {
    MessageCodec.writeEndpoints(memory, body, frame);
    WireBytes.put32(memory, body + SESSION_OFFSET, frame.session);
    WireBytes.put32(memory, body + TOTAL_LENGTH_OFFSET, (int) frame.lengthBytes);
    if (profile.nativeMxLayout()) {
      WireBytes.put8(memory, body + WINDOW_ID_OFFSET, frame.windowId);
      WireBytes.put8(memory, body + GENERATION_OFFSET, frame.windowGeneration);
      WireBytes.put16(memory, body + WINDOW_OFFSET_OFFSET, (int) frame.windowOffset);
      writePuller(memory, body + HANDLE_OFFSET, frame);
      WireBytes.put16(memory, body + FIRST_FRAME_OFFSET_OFFSET, frame.firstFrameOffset);
      WireBytes.put16(memory, body + BLOCK_LENGTH_OFFSET, frame.blockBytes);
      WireBytes.put32(memory, body + FRAME_INDEX_OFFSET, (int) frame.frameIndex);
    } else {
      WireBytes.put32(memory, body + WINDOW_ID_OFFSET, frame.windowId);
      WireBytes.put8(memory, body + WIDE_GENERATION_OFFSET, frame.windowGeneration);
      WireBytes.put32(memory, body + WIDE_WINDOW_OFFSET_OFFSET, (int) frame.windowOffset);
      writePuller(memory, body + WIDE_HANDLE_OFFSET, frame);
      WireBytes.put32(memory, body + WIDE_FIRST_FRAME_OFFSET_OFFSET, frame.firstFrameOffset);
      WireBytes.put32(memory, body + WIDE_BLOCK_LENGTH_OFFSET, frame.blockBytes);
      WireBytes.put32(memory, body + WIDE_FRAME_INDEX_OFFSET, (int) frame.frameIndex);
    }
  }

  /** Reads handle and magic, which always stand together. */
  static void readPuller(MemorySegment memory, long offset, Frame frame) {
    frame.pullHandle = WireBytes.i32(memory, offset);
    frame.pullMagic = WireBytes.i32(memory, offset + Integer.BYTES);
  }

  static void writePuller(MemorySegment memory, long offset, Frame frame) {
    WireBytes.put32(memory, offset, frame.pullHandle);
    WireBytes.put32(memory, offset + Integer.BYTES, frame.pullMagic);
  }

  static FrameFault readReply(MemorySegment memory, long body, Frame frame, WireProfile profile) {
    frame.frameSequence = WireBytes.u8(memory, body + FRAME_SEQUENCE_OFFSET);
    frame.payloadBytes = WireBytes.u16(memory, body + FRAME_LENGTH_OFFSET);
    frame.messageOffset = WireBytes.u32(memory, body + MESSAGE_OFFSET_OFFSET);
    readPuller(memory, body + REPLY_HANDLE_OFFSET, frame);
    return frame.payloadBytes > 0 && frame.payloadBytes <= profile.pullReplyBytes()
        ? FrameFault.NONE
        : FrameFault.BAD_LENGTH;
  }

  static void writeReply(MemorySegment memory, long body, Frame frame) {
    WireBytes.put8(memory, body + FRAME_SEQUENCE_OFFSET, frame.frameSequence);
    WireBytes.put16(memory, body + FRAME_LENGTH_OFFSET, frame.payloadBytes);
    WireBytes.put32(memory, body + MESSAGE_OFFSET_OFFSET, (int) frame.messageOffset);
    writePuller(memory, body + REPLY_HANDLE_OFFSET, frame);
  }

  static FrameFault readNotify(MemorySegment memory, long body, Frame frame) {
    MessageCodec.readEndpoints(memory, body, frame);
    frame.session = WireBytes.i32(memory, body + SESSION_OFFSET);
    frame.lengthBytes = WireBytes.u32(memory, body + TOTAL_LENGTH_OFFSET);
    frame.windowId = WireBytes.u8(memory, body + WINDOW_ID_OFFSET);
    frame.windowGeneration = WireBytes.u8(memory, body + GENERATION_OFFSET);
    frame.sequence = WireBytes.u16(memory, body + NOTIFY_SEQUENCE_OFFSET);
    frame.ack = WireBytes.u16(memory, body + NOTIFY_ACK_OFFSET);
    return FrameFault.NONE;
  }

  static void writeNotify(MemorySegment memory, long body, Frame frame) {
    MessageCodec.writeEndpoints(memory, body, frame);
    WireBytes.put32(memory, body + SESSION_OFFSET, frame.session);
    WireBytes.put32(memory, body + TOTAL_LENGTH_OFFSET, (int) frame.lengthBytes);
    WireBytes.put8(memory, body + WINDOW_ID_OFFSET, frame.windowId);
    WireBytes.put8(memory, body + GENERATION_OFFSET, frame.windowGeneration);
    WireBytes.put16(memory, body + NOTIFY_SEQUENCE_OFFSET, frame.sequence);
    WireBytes.put16(memory, body + NOTIFY_ACK_OFFSET, frame.ack);
  }
}
