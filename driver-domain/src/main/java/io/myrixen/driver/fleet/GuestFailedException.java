package io.myrixen.driver.fleet;

/** A guest that lives could not do what it was told; the message names it and says why. */
public final class GuestFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Makes one. */
  public GuestFailedException(String message) {
    super(message);
  }
}
