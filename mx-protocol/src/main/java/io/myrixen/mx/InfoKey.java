package io.myrixen.mx;

/** What {@link Mx#info} can be asked, with MX's numbers ({@code mx_get_info}). */
public enum InfoKey {
  /** Boards of this process: a number. */
  NIC_COUNT(1),

  /** Their ids, by board number: numbers. */
  NIC_IDS(2),

  /** Endpoints that a board can have open: a number. */
  MAX_NATIVE_ENDPOINTS(3),

  /** Requests that an endpoint can have under way: a number, 4294967295 for no limit. */
  NATIVE_REQUESTS(4),

  /** How many counters there are: a number. */
  COUNTERS_COUNT(5),

  /** What they count: texts. */
  COUNTERS_LABELS(6),

  /** What this process' endpoints on a board, closed ones too, have counted: numbers. */
  COUNTERS_VALUES(7),

  /** A text. */
  PRODUCT_CODE(8),

  /** A text. */
  PART_NUMBER(9),

  /** The board's NIC id as a MAC: a text. */
  SERIAL_NUMBER(10),

  /** A number, 1. */
  PORT_COUNT(11),

  /** Longest message that travels in a command and its cell: a number of bytes. */
  PIO_SEND_MAX(12),

  /** Longest message that is sent eagerly unless options say otherwise: a number of bytes. */
  COPY_SEND_MAX(13),

  /** The NUMA node that the board is nearest to: a number. */
  NUMA_NODE(14),

  /** A number: 1, Ethernet. */
  NET_TYPE(15),

  /** A number: 1, 10 Gbit/s. */
  LINE_SPEED(16);

  private final int number;

  InfoKey(int number) {
    this.number = number;
  }

  /** MX's number. */
  public int number() {
    return number;
  }
}
