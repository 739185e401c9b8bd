package io.myrixen.mx;

/**
 * A call that MX refuses, with MX's return code. Outcomes of requests are status codes and never
 * thrown. The message names the value that was wrong.
 */
public final class MxException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ReturnCode code;

  /** Makes one; {@code message} names the value that was wrong. */
  public MxException(ReturnCode code, String message) {
    super("%s (%d): %s".formatted(code, code.number(), message));
    this.code = code;
  }

  /** Makes one with the failure below it. */
  public MxException(ReturnCode code, String message, Throwable cause) {
    super("%s (%d): %s".formatted(code, code.number(), message), cause);
    this.code = code;
  }

  /** MX's return code. */
  public ReturnCode code() {
    return code;
  }
}
