package io.myrixen.xen.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.XenStoreException;
import java.util.Arrays;
import java.util.List;

/** How a client turns what its caller says into payloads, and replies into what they mean. */
final class ClientText {

  /**
   * Longest payload that a client sends, in bytes: Linux's /dev/xen/xenbus takes 4,096 with the
   * header, and what works on one substrate works on all.
   */
  static final int MAX_PAYLOAD_BYTES = XsMessage.MAX_PAYLOAD_BYTES - XsMessage.HEADER_BYTES;

  private ClientText() {}

  /** Returns one byte for each character; refuses characters that are no byte. */
  static byte[] bytes(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        throw new XenStoreException(
            XsError.EINVAL.name(), "not a byte: character " + i + " of " + text);
      }
    }
    return text.getBytes(ISO_8859_1);
  }

  /** Returns {@code words}, each ended by a NUL and so without one, followed by {@code tail}. */
  static byte[] payload(byte[] tail, String... words) {
    for (String word : words) {
      if (word.indexOf('\0') >= 0) {
        throw new XenStoreException(XsError.EINVAL.name(), "NUL in " + word.replace("\0", "\\0"));
      }
      bytes(word);
    }
    byte[] head = XsMessage.payloadOf(words);
    if (head.length + tail.length > MAX_PAYLOAD_BYTES) {
      throw new XenStoreException(
          XsError.E2BIG.name(),
          "request of %d bytes on %s, at most %d"
              .formatted(head.length + tail.length, words[0], MAX_PAYLOAD_BYTES));
    }
    byte[] payload = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, payload, head.length, tail.length);
    return payload;
  }

  static List<String> strings(XsMessage reply) {
    List<String> strings = reply.strings();
    if (strings == null) {
      throw new XenStoreException(XsError.EIO.name(), "reply does not end: " + reply);
    }
    return strings;
  }

  static StorePermission permission(String word) {
    try {
      return StorePermission.parse(word);
    } catch (IllegalArgumentException _) {
      throw new XenStoreException(XsError.EIO.name(), "not a permission: " + word);
    }
  }

  /** Returns {@code reply}, or throws the error that it is. */
  static XsMessage success(XsMessage reply, String subject) {
    if (reply.type() != XsType.ERROR) {
      return reply;
    }
    String name = reply.text();
    int end = name.indexOf('\0');
    throw new XenStoreException(end < 0 ? name : name.substring(0, end), subject);
  }
}
