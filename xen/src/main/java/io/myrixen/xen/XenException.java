package io.myrixen.xen;

/**
 * A request that the hypervisor refused, or that could not reach it. The message names the value
 * that was wrong.
 */
public final class XenException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** Makes one with a message that names the offending value. */
  public XenException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Makes one with the failure below it. */
  public XenException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** Why a request failed. The numbers travel on the domain socket: never reuse or renumber one. */
  public enum Reason {
    /** No domain with that id. */
    NO_DOMAIN(1),
    /** A reference that is not granted to this domain, or not with that access, or not any more. */
    BAD_REFERENCE(2),
    /** A port that does not exist, is not for this domain, or is bound already. */
    BAD_PORT(3),
    /** A limit is reached; the message names it. */
    NO_SPACE(4),
    /** Who asks may not do that: wrong token, wrong user, not the toolstack. */
    NOT_PERMITTED(5),
    /** The hypervisor cannot be reached, or is gone. */
    NO_HYPERVISOR(6),
    /** A request that makes no sense: a negative count, an unknown kind. */
    BAD_REQUEST(7),
    /** The operating system refused; the message names call and error. */
    SYSTEM(8);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    /** Value on the domain socket. */
    public int code() {
      return code;
    }

    /**
     * Returns the reason with {@code code}, or {@link #SYSTEM} for one that a newer hypervisor
     * sent.
     */
    public static Reason of(int code) {
      for (Reason reason : values()) {
        if (reason.code == code) {
          return reason;
        }
      }
      return SYSTEM;
    }
  }
}
