package io.myrixen.nic;

import io.myrixen.mx.ReturnCode;

/** Why the NIC could not do what its control side asked for. */
public final class NicException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ReturnCode code;

  /** Makes one with MX's {@code code} and a message that names the value. */
  public NicException(ReturnCode code, String message) {
    super(code + ": " + message);
    this.code = code;
  }

  /** MX's code for it. */
  public ReturnCode code() {
    return code;
  }
}
