package io.myrixen.mx.control;

import java.lang.foreign.MemorySegment;

/**
 * Layout of a request. Written by the VM, read by the driver domain.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-------------------------------+-------------------------------+
 *  |             Kind              |           Reserved            |   0
 *  +-------------------------------+-------------------------------+
 *  |            Request id, echoed in the response                 |   4
 *  +---------------------------------------------------------------+
 *  |  Subject: endpoint id (open, close, register, deregister) and |   8
 *  +  its session (all of these but open); start index (peers);    +
 *  |  NIC id in 64 bits (peer by NIC); host name (peer by name)    |
 *  +-------------------------------+-------------------------------+
 *  |  Geometry: six bytes of log2 (open); page count (register);   |  16
 *  +  region id (deregister)       +-------------------------------+
 *  |                               |           Reserved            |  20
 *  +-------------------------------+-------------------------------+
 *  |                           Run count                           |  24
 *  +---------------------------------------------------------------+
 *  |         Grant references of up to four pages of runs          |  28
 *  +                                                               +
 *  |                                                              ...
 *  +---------------------------------------------------------------+
 *  |       Event channel port (open); flags (register)             |  44
 *  +---------------------------------------------------------------+
 *  |                        Reserved, zero                        ...  48
 *  +---------------------------------------------------------------+
 *  |               Protocol version (open board)                   |  88
 *  +---------------------------------------------------------------+
 *  |             Version of the window's layout (open board)       |  92
 *  +---------------------------------------------------------------+
 *  |                        Reserved, zero                        ...  96
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>All fields are little-endian. Geometry is, in order: commands, events, completions, RDMA
 * windows, send slots, receive bytes. Flag 1: the NIC may write to the region. The host name has 80
 * bytes with its terminating zero. The session keeps a request that was meant for an endpoint now
 * closed away from one opened since under the same id.
 */
final class RequestSlot {

  static final int KIND_OFFSET = 0;
  static final int RESERVED_OFFSET = KIND_OFFSET + Short.BYTES;
  static final int REQUEST_ID_OFFSET = RESERVED_OFFSET + Short.BYTES;
  static final int SUBJECT_OFFSET = REQUEST_ID_OFFSET + Integer.BYTES;
  static final int SESSION_OFFSET = SUBJECT_OFFSET + Integer.BYTES;
  static final int ARGUMENT_OFFSET = SUBJECT_OFFSET + Long.BYTES;
  static final int RUN_COUNT_OFFSET = ARGUMENT_OFFSET + Long.BYTES;
  static final int INDIRECT_OFFSET = RUN_COUNT_OFFSET + Integer.BYTES;
  static final int CHANNEL_OFFSET =
      INDIRECT_OFFSET + ControlRing.MAX_INDIRECT_PAGES * Integer.BYTES;

  static final int PROTOCOL_VERSION_OFFSET = SUBJECT_OFFSET + ControlRing.HOSTNAME_BYTES;
  static final int WINDOW_VERSION_OFFSET = PROTOCOL_VERSION_OFFSET + Integer.BYTES;

  /** The NIC may write to the region. */
  static final int FLAG_WRITABLE = 1;

  private final Entry entry;

  RequestSlot(Entry entry) {
    this.entry = entry;
  }

  static RequestSlot copyOf(MemorySegment ring, long offset) {
    return new RequestSlot(Entry.copyOf(ring, offset));
  }

  int kind() {
    return entry.u16(KIND_OFFSET);
  }

  int requestId() {
    return entry.u32(REQUEST_ID_OFFSET);
  }

  Entry entry() {
    return entry;
  }
}
