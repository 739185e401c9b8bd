package io.myrixen.mx;

/**
 * MX's return codes ({@code mx_return_t}) with their numbers, as the ABI header has them. Never
 * renumber one.
 */
public enum ReturnCode {
  SUCCESS(0, "no error"),
  BAD_BAD_BAD(1, "unexpected error of the operating system"),
  FAILURE(2, "failure"),
  ALREADY_INITIALIZED(3, "already initialized"),
  NOT_INITIALIZED(4, "not initialized"),
  NO_DEV(5, "no device"),
  NO_DRIVER(6, "no driver"),
  NO_PERM(7, "permission denied"),
  BOARD_UNKNOWN(8, "board unknown"),
  BAD_ENDPOINT(9, "bad endpoint"),
  BAD_SEG_LIST(10, "bad segment list"),
  BAD_SEG_MEM(11, "bad segment memory"),
  BAD_SEG_CNT(12, "bad segment count"),
  BAD_REQUEST(13, "bad request"),
  BAD_MATCH_MASK(14, "bad match mask"),
  NO_RESOURCES(15, "no resources"),
  BAD_ADDR_LIST(16, "bad address list"),
  BAD_ADDR_COUNT(17, "bad address count"),
  BAD_ROOT(18, "bad root"),
  NOT_COMPLETED(19, "not completed"),
  BUSY(20, "busy"),
  BAD_INFO_KEY(21, "bad info key"),
  BAD_INFO_VAL(22, "bad info value"),
  BAD_NIC(23, "bad NIC"),
  BAD_PARAM_LIST(24, "bad parameter list"),
  BAD_PARAM_NAME(25, "bad parameter name"),
  BAD_PARAM_VAL(26, "bad parameter value"),
  BAD_HOSTNAME_ARGS(27, "bad host name arguments"),
  HOST_NOT_FOUND(28, "host not found"),
  REQUEST_PENDING(29, "request pending"),
  TIMEOUT(30, "timed out"),
  NO_MATCH(31, "no match"),
  BAD_ENDPOINT_ID(32, "bad endpoint id"),
  CONNECTION_FAILED(33, "connection failed"),
  BAD_CONNECTION_KEY(34, "bad connection key"),
  BAD_INFO_LENGTH(35, "bad info length"),
  NIC_NOT_FOUND(36, "NIC not found"),
  BAD_KERNEL_VERSION(37, "driver version mismatch"),
  BAD_LIB_VERSION(38, "library version mismatch"),
  NIC_DEAD(39, "NIC dead"),
  CANCEL_NOT_SUPPORTED(40, "cancel not supported"),
  CLOSE_IN_HANDLER(41, "close inside the unexpected handler"),
  BAD_MATCHING_FOR_CONTEXT_ID_MASK(42, "match mask leaves context id bits open"),
  NOT_SUPPORTED_WITH_CONTEXT_ID(43, "not supported across context ids");

  private static final ReturnCode[] BY_NUMBER = values();

  private final int number;
  private final String text;

  ReturnCode(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** MX's number. */
  public int number() {
    return number;
  }

  /** What {@code mx_strerror} says: never null. */
  public String text() {
    return text;
  }

  /**
   * Returns the code with {@code number}, or {@link #FAILURE} for a number that MX does not have.
   */
  public static ReturnCode of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : FAILURE;
  }
}
