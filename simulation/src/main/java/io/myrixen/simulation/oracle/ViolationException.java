package io.myrixen.simulation.oracle;

/** Something happened that MX's rules do not allow. */
public final class ViolationException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Makes one that says what happened, to which message or receive. */
  public ViolationException(String message) {
    super(message);
  }
}
