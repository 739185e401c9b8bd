package io.myrixen.xen.host;

/**
 * Frame of the domain socket's protocol, in both directions. A client has one request under way at
 * a time; each is answered, in order, under its sequence id.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |             Length in bytes, this header included             |
 *  +-------------------------------+-------------------------------+
 *  |             Kind              |   Status (0 in a request)     |
 *  +-------------------------------+-------------------------------+
 *  |                          Sequence id                          |
 *  +-------------------------------+-------------------------------+
 *  |         Descriptors           |          Reserved             |
 *  +-------------------------------+-------------------------------+
 *  |                            Body ...
 * </pre>
 *
 * <p>All fields are little-endian. A status other than 0 is the code of a {@link
 * io.myrixen.xen.XenException.Reason}, and the body then its message in UTF-8. After a reply come
 * as many single bytes as it names descriptors, each carrying one. The service sends descriptors
 * and takes none.
 */
public final class DomainFrame {

  /** Version of the protocol, in HELLO. The service refuses every other. */
  public static final int VERSION = 1;

  /** Where the length is, in bytes from the start of the frame. */
  public static final int LENGTH_OFFSET = 0;

  /** Where the kind is. */
  public static final int KIND_OFFSET = LENGTH_OFFSET + Integer.BYTES;

  /** Where the status is. */
  public static final int STATUS_OFFSET = KIND_OFFSET + Short.BYTES;

  /** Where the sequence id is. */
  public static final int SEQUENCE_OFFSET = STATUS_OFFSET + Short.BYTES;

  /** Where the number of descriptors is. */
  public static final int DESCRIPTORS_OFFSET = SEQUENCE_OFFSET + Integer.BYTES;

  static final int RESERVED_OFFSET = DESCRIPTORS_OFFSET + Short.BYTES;

  /** Length of the header, in bytes. */
  public static final int HEADER_BYTES = RESERVED_OFFSET + Short.BYTES;

  /**
   * Most runs of references in one MAP, and of pages in its reply: each can become a mapping of the
   * kernel, of which a process has 65,530.
   */
  public static final int MAX_RUNS = 16_384;

  /** Length of a run of references in MAP, in bytes: its first reference and its count. */
  static final int RUN_BYTES = Integer.BYTES + Integer.BYTES;

  /** Length of a run of pages in the reply to MAP, in bytes: file, first page, count. */
  static final int PIECE_BYTES = Integer.BYTES + Integer.BYTES + Integer.BYTES;

  /** Longest request, in bytes: a MAP of as many runs as there may be. */
  public static final int MAX_REQUEST_BYTES =
      HEADER_BYTES + DomainRequest.MAP_FIXED_BYTES + MAX_RUNS * RUN_BYTES;

  /** Longest reply, in bytes: that to such a MAP. */
  public static final int MAX_REPLY_BYTES =
      HEADER_BYTES + Integer.BYTES + Integer.BYTES + MAX_RUNS * PIECE_BYTES;

  /** Longest message of a refusal, in bytes: a few lines of text. */
  public static final int MAX_MESSAGE_BYTES = 1024;

  /** Length of a domain's token, in bytes: nobody guesses 256 random bits. */
  public static final int TOKEN_BYTES = 32;

  private DomainFrame() {}
}
