package io.myrixen.driver.xentest.tool;

/**
 * Something that the test needs cannot be had on this machine: its message names it, and what to
 * do. It says nothing about what was to be tested.
 */
public final class MissingHereException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Makes one. */
  public MissingHereException(String message) {
    super(message);
  }
}
