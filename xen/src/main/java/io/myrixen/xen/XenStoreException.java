package io.myrixen.xen;

/** A store request that was answered with an error, or could not be sent. */
public final class XenStoreException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String error;

  /**
   * Makes one.
   *
   * @param error the protocol's error name, such as {@code ENOENT}
   * @param message what was asked, with the path
   */
  public XenStoreException(String error, String message) {
    super(error + ": " + message);
    this.error = error;
  }

  /** The protocol's error name, such as {@code EACCES}; {@code EIO} if the connection is gone. */
  public String error() {
    return error;
  }
}
