package io.myrixen.conformance.kit;

/** Says that the subject did not do what the case's rule says. */
public final class CaseFailure extends AssertionError {

  private static final long serialVersionUID = 1;

  /** Makes one; {@code message} names what was expected and what came. */
  public CaseFailure(String message) {
    super(message);
  }
}
