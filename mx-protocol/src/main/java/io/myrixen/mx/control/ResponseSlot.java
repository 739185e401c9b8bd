package io.myrixen.mx.control;

/**
 * Layout of a response. Written by the driver domain, read by the VM.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-------------------------------+-------------------------------+
 *  |     Kind of the request       |        MX return code         |   0
 *  +-------------------------------+-------------------------------+
 *  |                    Request id, as it came                     |   4
 *  +---------------------------------------------------------------+
 *  |      Detail: which quota was reached, which field wrong       |   8
 *  +---------------------------------------------------------------+
 *  |                        Reserved, zero                         |  12
 *  +---------------------------------------------------------------+
 *  |                                                               |  16
 *  +                       Value of the detail                     +
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                                                               |  24
 *  +   NIC id (board info, peers); region id (register);           +
 *  |   bitmap of 256 endpoints (open endpoints);                   |
 *  |   endpoint id, session (open)                                 |
 *  +---------------------------------------------------------------+
 *  |   Geometry: six bytes (board info: the largest; open: the     |  32
 *  +   granted one); endpoints of a board (board info) in 16 bits; +
 *  |   next index, peers in all (peers)                            |
 *  +---------------------------------------------------------------+
 *  |                        Reserved, zero                        ...  40
 *  +---------------------------------------------------------------+
 *  |            Host name, 80 bytes (board info, peers)           ...  48
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>All fields are little-endian; what a kind does not use is zero.
 */
final class ResponseSlot {

  static final int KIND_OFFSET = 0;
  static final int CODE_OFFSET = KIND_OFFSET + Short.BYTES;
  static final int REQUEST_ID_OFFSET = CODE_OFFSET + Short.BYTES;
  static final int DETAIL_OFFSET = REQUEST_ID_OFFSET + Integer.BYTES;
  static final int RESERVED_OFFSET = DETAIL_OFFSET + Integer.BYTES;
  static final int VALUE_OFFSET = RESERVED_OFFSET + Integer.BYTES;
  static final int SUBJECT_OFFSET = VALUE_OFFSET + Long.BYTES;
  static final int GEOMETRY_OFFSET = SUBJECT_OFFSET + Long.BYTES;
  static final int MAX_ENDPOINTS_OFFSET = GEOMETRY_OFFSET + Entry.GEOMETRY_BYTES;
  static final int RESERVED2_OFFSET = MAX_ENDPOINTS_OFFSET + Short.BYTES;
  static final int HOSTNAME_OFFSET = RESERVED2_OFFSET + Long.BYTES;

  private ResponseSlot() {}
}
