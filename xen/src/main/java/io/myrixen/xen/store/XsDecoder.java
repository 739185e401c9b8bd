package io.myrixen.xen.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into messages, however the stream was fragmented. Once it met a length
 * that the protocol forbids it gives no more: nobody knows where the next message begins.
 */
final class XsDecoder {

  private byte[] buffer = new byte[256];
  private int start;
  private int end;
  private boolean malformed;

  void offer(byte[] bytes, int offset, int length) {
    if (buffer.length - end < length) {
      int held = end - start;
      byte[] room =
          buffer.length - held < length
              ? new byte[Math.max(held + length, buffer.length * 2)]
              : buffer;
      System.arraycopy(buffer, start, room, 0, held);
      buffer = room;
      start = 0;
      end = held;
    }
    System.arraycopy(bytes, offset, buffer, end, length);
    end += length;
  }

  /** Returns the next whole message, or null if it has not come yet or never can. */
  @Nullable XsMessage poll() {
    if (malformed || end - start < XsMessage.HEADER_BYTES) {
      return null;
    }
    ByteBuffer header =
        ByteBuffer.wrap(buffer, start, XsMessage.HEADER_BYTES)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    int length = header.getInt(XsMessage.LENGTH_OFFSET);
    if (Integer.compareUnsigned(length, XsMessage.MAX_PAYLOAD_BYTES) > 0) {
      malformed = true;
      return null;
    }
    int payloadStart = start + XsMessage.HEADER_BYTES;
    if (end - payloadStart < length) {
      return null;
    }
    start = payloadStart + length;
    return new XsMessage(
        header.getInt(XsMessage.TYPE_OFFSET),
        header.getInt(XsMessage.REQUEST_ID_OFFSET),
        header.getInt(XsMessage.TRANSACTION_ID_OFFSET),
        Arrays.copyOfRange(buffer, payloadStart, start));
  }

  /** Bytes taken in and not yet given out as a message. */
  int heldBytes() {
    return end - start;
  }

  /** Whether the stream declared a payload longer than the protocol allows. */
  boolean malformed() {
    return malformed;
  }
}
