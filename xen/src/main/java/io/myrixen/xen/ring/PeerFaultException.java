package io.myrixen.xen.ring;

/**
 * The other side of a ring broke its rules. Close the link to that peer; every other one is sound.
 */
public final class PeerFaultException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Makes one with a message that names index and value. */
  public PeerFaultException(String message) {
    super(message);
  }
}
