package io.myrixen.mx.window;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * One command, event or completion, copied out of a slot or about to be written into one. Mutable
 * and reused, so that a message costs no object; confined to the thread of its owner. Nothing in it
 * has been judged yet when it comes from a queue.
 *
 * <p>What the 32 bytes of detail mean depends on the kind (byte offsets within the detail):
 *
 * <pre>
 *  TINY             0 payload, up to 32 bytes
 *  SMALL            0 u64 position in the receive buffer (events; a command has its cell)
 *  MEDIUM           0 u16 each: up to eight send slots, in order (commands)
 *                   0 u64 position in the receive buffer (events, and all that follows)
 *                   8 u32 offset of the fragment in the message     12 u16 fragment length
 *                  14 u16 fragment unit: length of every fragment but the last
 *  RNDV, NOTIFY     8 u8 RDMA window id of the data's owner   9 u8 its generation
 *                  12 u32 where the message begins in that window (RNDV events)
 *  PULL             0 u64 cookie   8 u8 owner's RDMA window id   9 u8 its generation
 *                  10 u8 own RDMA window id              11 u8 its generation
 *                  12 u32 where the message begins in the owner's window, as its RNDV said
 *  CONNECT_REQUEST  0 u32 key      4 u16 receive sequence start   6 u8 connect sequence
 *  CONNECT_REPLY    0 u32 session of the replier   4, 6 as above   7 u8 status
 *                   8 u8 1 if it came over a wire (events of both)
 *  HOST_QUERY       0 u32 cookie, which HOST_REPLY bears again
 *  ACK              0 u32 ack number
 *  NACK             0 u8 nack type  1 u8 kind of what was refused, 0 if it came over a wire, whose
 *                   nacks do not say; then the session is 0 as well
 *  RECEIVER_FULL   (completion) the refused command's, with its other fields, but: the
 *                  acknowledgement is its kind, the match info the credit epoch when it was refused
 *  PULL_DONE       (completion) 0 u64 cookie   8 u8 nack type, 0 if well; length = bytes moved
 * </pre>
 */
public final class Descriptor {

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** One of {@link Kind}, or any other byte that the peer wrote. */
  public int kind;

  /** Destination (command) or source (event) endpoint id, 0 to 255. */
  public int endpoint;

  /** MX's {@code lib_seqnum}, 16 bits. */
  public int sequence;

  /** MX's {@code lib_piggyack}, 16 bits. */
  public int ack;

  /** Session id; whose, depends on the kind as on MX's wire. */
  public int session;

  /** Bytes of the message, of the pull, or taken; unsigned 32 bits. */
  public int length;

  /** Match info of the message. */
  public long matchInfo;

  /** Destination (command) or source (event) NIC id, 48 bits. */
  public long nicId;

  /** The detail's bytes 0 to 7, little-endian. */
  public long detail0;

  /** The detail's bytes 8 to 15, little-endian. */
  public long detail1;

  /** The detail's bytes 16 to 23, little-endian. */
  public long detail2;

  /** The detail's bytes 24 to 31, little-endian. */
  public long detail3;

  /** Zeroes every field, so that nothing old leaks to the peer. */
  public Descriptor clear() {
    kind = 0;
    endpoint = 0;
    sequence = 0;
    ack = 0;
    session = 0;
    length = 0;
    matchInfo = 0;
    nicId = 0;
    detail0 = 0;
    detail1 = 0;
    detail2 = 0;
    detail3 = 0;
    return this;
  }

  /** Copies every field of {@code other}. */
  public Descriptor set(Descriptor other) {
    kind = other.kind;
    endpoint = other.endpoint;
    sequence = other.sequence;
    ack = other.ack;
    session = other.session;
    length = other.length;
    matchInfo = other.matchInfo;
    nicId = other.nicId;
    detail0 = other.detail0;
    detail1 = other.detail1;
    detail2 = other.detail2;
    detail3 = other.detail3;
    return this;
  }

  /** Returns {@link #length} as the unsigned number it is. */
  public long lengthBytes() {
    return Integer.toUnsignedLong(length);
  }

  /**
   * Takes a tiny payload of {@code count} bytes, 0 to 32, from {@code source}; the rest becomes
   * zero.
   */
  public void tinyFrom(MemorySegment source, long offset, int count) {
    detail0 = word(source, offset, count);
    detail1 = word(source, offset + 8, count - 8);
    detail2 = word(source, offset + 16, count - 16);
    detail3 = word(source, offset + 24, count - 24);
  }

  /** Puts the first {@code count} bytes of a tiny payload, 0 to 32, to {@code target}. */
  public void tinyTo(MemorySegment target, long offset, int count) {
    put(detail0, target, offset, count);
    put(detail1, target, offset + 8, count - 8);
    put(detail2, target, offset + 16, count - 16);
    put(detail3, target, offset + 24, count - 24);
  }

  private static long word(MemorySegment source, long offset, int count) {
    if (count >= Long.BYTES) {
      return source.get(LONG, offset);
    }
    long word = 0;
    for (int i = 0; i < count; i++) {
      word |= (source.get(ValueLayout.JAVA_BYTE, offset + i) & 0xFFL) << (8 * i);
    }
    return word;
  }

  private static void put(long word, MemorySegment target, long offset, int count) {
    if (count >= Long.BYTES) {
      target.set(LONG, offset, word);
      return;
    }
    for (int i = 0; i < count; i++) {
      target.set(ValueLayout.JAVA_BYTE, offset + i, (byte) (word >>> (8 * i)));
    }
  }

  /** MEDIUM and SMALL events: where the payload lies in the receive buffer. */
  public long receivePosition() {
    return detail0;
  }

  /** MEDIUM and SMALL events: says where the payload lies in the receive buffer. */
  public void receivePosition(long position) {
    detail0 = position;
  }

  /** MEDIUM commands: says which send slot holds the {@code index}th 4 KiB, 0 to 7. */
  public void sendSlot(int index, int sendSlot) {
    int shift = index % 4 * Short.SIZE;
    long cleared = ~(0xFFFFL << shift);
    long slot = (sendSlot & 0xFFFFL) << shift;
    if (index < 4) {
      detail0 = (detail0 & cleared) | slot;
    } else {
      detail1 = (detail1 & cleared) | slot;
    }
  }

  /** MEDIUM commands: the send slot of the {@code index}th 4 KiB, 0 to 65535. */
  public int sendSlot(int index) {
    return (int) ((index < 4 ? detail0 : detail1) >>> (index % 4 * Short.SIZE)) & 0xFFFF;
  }

  /** MEDIUM events: where the fragment lies in the message, its length, and that of the others. */
  public void fragment(int offset, int lengthBytes, int unitBytes) {
    detail1 = (offset & 0xFFFFFFFFL) | (lengthBytes & 0xFFFFL) << 32 | (unitBytes & 0xFFFFL) << 48;
  }

  /** MEDIUM events: offset of the fragment in the message; unsigned 32 bits. */
  public int fragmentOffset() {
    return (int) detail1;
  }

  /** MEDIUM events: bytes in the fragment, 0 to 65535. */
  public int fragmentLength() {
    return (int) (detail1 >>> 32) & 0xFFFF;
  }

  /** MEDIUM events: bytes in every fragment of the message but the last, 0 to 65535. */
  public int fragmentUnit() {
    return (int) (detail1 >>> 48) & 0xFFFF;
  }

  /** RNDV, NOTIFY, PULL: names the RDMA window of the data's owner. */
  public void remoteWindow(int id, int generation) {
    detail1 = (detail1 & ~0xFFFFL) | (id & 0xFF) | (generation & 0xFF) << 8;
  }

  /** RNDV, NOTIFY, PULL: id of the data owner's RDMA window. */
  public int remoteWindowId() {
    return (int) detail1 & 0xFF;
  }

  /** RNDV, NOTIFY, PULL: generation of the data owner's RDMA window. */
  public int remoteWindowGeneration() {
    return (int) (detail1 >>> 8) & 0xFF;
  }

  /** RNDV events, PULL: says where the message begins in the data owner's RDMA window. */
  public void remoteWindowOffset(int offsetBytes) {
    detail1 = (detail1 & 0xFFFFFFFFL) | (long) offsetBytes << 32;
  }

  /** RNDV events, PULL: where the message begins in the data owner's RDMA window, in bytes. */
  public int remoteWindowOffset() {
    return (int) (detail1 >>> 32);
  }

  /** PULL: names the puller's own RDMA window. */
  public void localWindow(int id, int generation) {
    detail1 =
        (detail1 & ~0xFFFF0000L) | (long) (id & 0xFF) << 16 | (long) (generation & 0xFF) << 24;
  }

  /** PULL: id of the puller's RDMA window. */
  public int localWindowId() {
    return (int) (detail1 >>> 16) & 0xFF;
  }

  /** PULL: generation of the puller's RDMA window. */
  public int localWindowGeneration() {
    return (int) (detail1 >>> 24) & 0xFF;
  }

  /** PULL, PULL_DONE: what the puller wants back with the completion. */
  public long cookie() {
    return detail0;
  }

  /** PULL, PULL_DONE: sets the cookie. */
  public void cookie(long cookie) {
    detail0 = cookie;
  }

  /** PULL_DONE: 0 if all bytes were moved, else a {@link NackType}. */
  public int pullStatus() {
    return (int) detail1 & 0xFF;
  }

  /** PULL_DONE: sets the status. */
  public void pullStatus(int status) {
    detail1 = status & 0xFF;
  }

  /**
   * CONNECT_REQUEST: the key; CONNECT_REPLY: session of the replier; ACK: ack number; HOST_QUERY,
   * HOST_REPLY: cookie.
   */
  public int word() {
    return (int) detail0;
  }

  /** Sets what {@link #word()} returns. */
  public void word(int value) {
    detail0 = (detail0 & ~0xFFFFFFFFL) | (value & 0xFFFFFFFFL);
  }

  /** CONNECT: sets where the opposite sender starts, the connect's number, and a reply's status. */
  public void connect(int receiveSequenceStart, int connectSequence, int status) {
    detail0 =
        (detail0 & 0xFFFFFFFFL)
            | (receiveSequenceStart & 0xFFFFL) << 32
            | (connectSequence & 0xFFL) << 48
            | (status & 0xFFL) << 56;
  }

  /** CONNECT: the number that the sender of this expects to receive next. */
  public int receiveSequenceStart() {
    return (int) (detail0 >>> 32) & 0xFFFF;
  }

  /** CONNECT: the connect's number, 8 bits. */
  public int connectSequence() {
    return (int) (detail0 >>> 48) & 0xFF;
  }

  /** CONNECT_REPLY: 0, or 11 for a wrong key. */
  public int connectStatus() {
    return (int) (detail0 >>> 56) & 0xFF;
  }

  /** CONNECT events: whether it came over a wire, not from a board of the same NIC. */
  public boolean overWire() {
    return (detail1 & 0xFF) != 0;
  }

  /** CONNECT events: says whether it came over a wire. */
  public void overWire(boolean wire) {
    detail1 = (detail1 & ~0xFFL) | (wire ? 1 : 0);
  }

  /** RECEIVER_FULL: makes this command, refused, the completion that says so. */
  public void receiverFull(long creditEpoch) {
    ack = kind;
    matchInfo = creditEpoch;
    kind = Kind.RECEIVER_FULL;
  }

  /** RECEIVER_FULL: kind of the command that was refused. */
  public int refusedCommandKind() {
    return ack & 0xFF;
  }

  /**
   * RECEIVER_FULL: the credit epoch when the command was refused. If {@link
   * ControlLines#creditEpochAcquire} differs, the receiver has room again already: without this
   * number a move of the epoch before the completion was read would never be noticed.
   */
  public long refusedEpoch() {
    return matchInfo;
  }

  /** NACK: sets type and the kind of what was refused. */
  public void nack(int type, int refusedKind) {
    detail0 = (type & 0xFFL) | (refusedKind & 0xFFL) << 8;
  }

  /** NACK: one of {@link NackType}, or any other byte. */
  public int nackType() {
    return (int) detail0 & 0xFF;
  }

  /** NACK: kind of what was refused; 0 if it came over a wire, whose nacks do not say. */
  public int refusedKind() {
    return (int) (detail0 >>> 8) & 0xFF;
  }
}
