package io.myrixen.xen.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of the store's wire protocol. The payload is not copied: whoever makes a message
 * leaves it alone afterwards.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                             Type                              |
 *  +---------------------------------------------------------------+
 *  |            Request id, echoed; 0 in a watch event             |
 *  +---------------------------------------------------------------+
 *  |               Transaction id, echoed; 0 for none              |
 *  +---------------------------------------------------------------+
 *  |                Length of the payload, in bytes                |
 *  +---------------------------------------------------------------+
 *  |  Payload, at most 4096 bytes                                 ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>All fields are little-endian: the byte order of the hosts we run on.
 */
final class XsMessage {

  static final int TYPE_OFFSET = 0;
  static final int REQUEST_ID_OFFSET = TYPE_OFFSET + Integer.BYTES;
  static final int TRANSACTION_ID_OFFSET = REQUEST_ID_OFFSET + Integer.BYTES;
  static final int LENGTH_OFFSET = TRANSACTION_ID_OFFSET + Integer.BYTES;
  static final int HEADER_BYTES = LENGTH_OFFSET + Integer.BYTES;

  /** Longest payload, in bytes: XENSTORE_PAYLOAD_MAX of the protocol. */
  static final int MAX_PAYLOAD_BYTES = 4096;

  private static final byte[] OK = {'O', 'K', 0};

  private final int type;
  private final int requestId;
  private final int transactionId;
  private final byte[] payload;

  XsMessage(int type, int requestId, int transactionId, byte[] payload) {
    if (payload.length > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException("payload of " + payload.length + " bytes");
    }
    this.type = type;
    this.requestId = requestId;
    this.transactionId = transactionId;
    this.payload = payload;
  }

  /** Returns a payload of strings, each ended by a NUL. */
  static byte[] payloadOf(String... strings) {
    return payloadOf(List.of(strings));
  }

  static byte[] payloadOf(List<String> strings) {
    StringBuilder joined = new StringBuilder();
    for (String string : strings) {
      joined.append(string).append('\0');
    }
    return joined.toString().getBytes(ISO_8859_1);
  }

  /** Returns {@code payload} if it fits into one message; refuses it with E2BIG otherwise. */
  static byte[] checkLength(byte[] payload) {
    if (payload.length > MAX_PAYLOAD_BYTES) {
      throw XsError.E2BIG.refusal();
    }
    return payload;
  }

  static XsMessage event(String path, String token) {
    return new XsMessage(XsType.WATCH_EVENT, 0, 0, payloadOf(path, token));
  }

  XsMessage reply(byte[] replyPayload) {
    return new XsMessage(type, requestId, transactionId, replyPayload);
  }

  XsMessage ok() {
    return reply(OK);
  }

  XsMessage error(XsError error) {
    return new XsMessage(XsType.ERROR, requestId, transactionId, payloadOf(error.name()));
  }

  int type() {
    return type;
  }

  int requestId() {
    return requestId;
  }

  int transactionId() {
    return transactionId;
  }

  byte[] payload() {
    return payload;
  }

  /** The payload as text: one character for each byte. */
  String text() {
    return new String(payload, ISO_8859_1);
  }

  /** Splits the payload into strings ended by NULs; null if the last one is not ended. */
  @Nullable List<String> strings() {
    if (payload.length > 0 && payload[payload.length - 1] != 0) {
      return null;
    }
    List<String> strings = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < payload.length; i++) {
      if (payload[i] == 0) {
        strings.add(new String(payload, start, i - start, ISO_8859_1));
        start = i + 1;
      }
    }
    return strings;
  }

  /** Splits the payload into exactly {@code count} strings; refuses another number with EINVAL. */
  List<String> words(int count) {
    List<String> words = strings();
    if (words == null || words.size() != count) {
      throw XsError.EINVAL.refusal();
    }
    return words;
  }

  int encodedBytes() {
    return HEADER_BYTES + payload.length;
  }

  byte[] encode() {
    return ByteBuffer.allocate(encodedBytes())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(type)
        .putInt(requestId)
        .putInt(transactionId)
        .putInt(payload.length)
        .put(payload)
        .array();
  }

  @Override
  public String toString() {
    return "type=%d requestId=%d transactionId=%d payload=%s"
        .formatted(type, requestId, transactionId, text().replace('\0', '|'));
  }
}
