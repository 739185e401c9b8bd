package io.myrixen.nic;

/**
 * Something in a window that its VM must not write. Thrown where it is found, caught where the
 * endpoint that wrote it is known; ends that endpoint, and nothing else. Not part of normal work,
 * so that it may be an object.
 */
final class EndpointFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String what;
  private final long value;

  EndpointFault(String what, long value) {
    super(what + "=" + value, null, false, false);
    this.what = what;
    this.value = value;
  }

  String what() {
    return what;
  }

  long value() {
    return value;
  }
}
