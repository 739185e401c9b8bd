package io.myrixen.mx;

/** MX's status codes ({@code mx_status_code_t}) with their numbers. Never renumber one. */
public enum StatusCode {
  SUCCESS(0, "success"),
  PENDING(1, "pending"),
  BUFFERED(2, "buffered"),
  REJECTED(3, "rejected"),
  TIMEOUT(4, "timed out"),
  TRUNCATED(5, "truncated"),
  CANCELLED(6, "cancelled"),
  ENDPOINT_UNKNOWN(7, "endpoint unknown"),
  ENDPOINT_CLOSED(8, "endpoint closed"),
  ENDPOINT_UNREACHABLE(9, "endpoint unreachable"),
  BAD_SESSION(10, "bad session"),
  BAD_KEY(11, "bad key"),
  BAD_ENDPOINT(12, "bad endpoint"),
  BAD_RDMAWIN(13, "bad RDMA window"),
  ABORTED(14, "aborted"),
  EVENTQ_FULL(15, "event queue full"),
  NO_RESOURCES(16, "no resources");

  private static final StatusCode[] BY_NUMBER = values();

  private final int number;
  private final String text;

  StatusCode(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** MX's number. */
  public int number() {
    return number;
  }

  /** What {@code mx_strstatus} says: never null. */
  public String text() {
    return text;
  }

  /**
   * Returns the code with {@code number}, or {@link #REJECTED} for a number that MX does not have.
   */
  public static StatusCode of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : REJECTED;
  }
}
