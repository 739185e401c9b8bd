package io.myrixen.mx.control;

/**
 * Which quota was reached or which field was wrong, when a request is refused. The value that goes
 * with it is the quota, or what the field held. Explicit numbers: never reuse or renumber one.
 */
public enum Detail {
  /** Nothing more to say than the return code. */
  NONE(0, ""),

  QUOTA_ENDPOINTS(1, "the quota of %d open endpoints of this VM is used up"),
  QUOTA_REGIONS(2, "the quota of %d registered regions of this VM is used up"),
  QUOTA_PINNED_PAGES(3, "the quota of %d pinned pages of this VM does not suffice"),
  QUOTA_RUNS(4, "the quota of %d separate runs of pages of this VM does not suffice"),

  KIND(16, "unknown kind of request %d"),
  ENDPOINT_ID(17, "endpoint id %d"),
  HOSTNAME(18, "host name of %d bytes"),
  NIC_ID(19, "NIC id %012x"),
  START_INDEX(20, "start index %d"),
  PAGE_COUNT(21, "page count %d"),
  RUN_COUNT(22, "run count %d"),
  RUN_LENGTH(23, "a run of %d pages"),
  RUN_TOTAL(24, "runs hold %d pages, which is not what was announced"),
  INDIRECT_REFERENCE(25, "grant reference %d of a page of runs cannot be mapped"),
  PAGE_REFERENCE(26, "pages from grant reference %d on cannot be mapped"),
  EVENT_CHANNEL(27, "event channel port %d cannot be bound"),
  REGION_ID(28, "region id %d"),
  FLAGS(29, "flags 0x%x"),
  WINDOW_HEADER(30, "magic number of the window is 0x%x"),
  PROTOCOL_VERSION(31, "protocol version %d"),

  /** One for each part of a geometry, in its order. */
  COMMANDS_LOG2(32, "commandsLog2 %d"),
  EVENTS_LOG2(33, "eventsLog2 %d"),
  COMPLETIONS_LOG2(34, "completionsLog2 %d"),
  RDMA_WINDOWS_LOG2(35, "rdmaWindowsLog2 %d"),
  SEND_SLOTS_LOG2(36, "sendSlotsLog2 %d"),
  RECEIVE_BYTES_LOG2(37, "receiveBytesLog2 %d"),

  WINDOW_VERSION(38, "version %d of the window's layout");

  private final int code;
  private final String format;

  Detail(int code, String format) {
    this.code = code;
    this.format = format;
  }

  /** Value in a response. */
  public int code() {
    return code;
  }

  /** Says what was wrong, in words; one that a newer build sent keeps its number. */
  public static String describe(int code, long value) {
    for (Detail detail : values()) {
      if (detail.code == code) {
        return detail.format.isEmpty() ? "refused" : detail.format.formatted(value);
      }
    }
    return "detail %d, value %d".formatted(code, value);
  }
}
