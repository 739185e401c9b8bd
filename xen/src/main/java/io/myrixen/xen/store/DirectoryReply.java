package io.myrixen.xen.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;

/** Payloads that list the children of a node, whole or in parts. */
final class DirectoryReply {

  private DirectoryReply() {}

  /** Returns all names; refuses with E2BIG what does not fit into one message. */
  static byte[] whole(Node node) {
    return XsMessage.checkLength(XsMessage.payloadOf(node.children()));
  }

  /**
   * Returns the generation and as many whole names as fit, from {@code offset} in the list of all
   * names; the last part ends with one more NUL.
   */
  static byte[] part(Node node, int offset) {
    StringBuilder part = new StringBuilder();
    part.append(node.generation()).append('\0');
    List<String> children = node.children();
    int position = 0;
    for (String child : children) {
      if (position >= offset) {
        // One byte stays free for the NUL that ends the list.
        if (part.length() + child.length() + 2 > XsMessage.MAX_PAYLOAD_BYTES) {
          return part.toString().getBytes(ISO_8859_1);
        }
        part.append(child).append('\0');
      }
      position += child.length() + 1;
    }
    return part.append('\0').toString().getBytes(ISO_8859_1);
  }
}
