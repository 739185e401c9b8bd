package io.myrixen.simulation.time;

/** A simulation that does not come on: nothing is due any more, or time does not pass. */
public final class StandstillException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  /** Makes one that says where it stands. */
  public StandstillException(String message) {
    super(message);
  }
}
