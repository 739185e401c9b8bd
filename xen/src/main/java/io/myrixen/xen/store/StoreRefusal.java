package io.myrixen.xen.store;

/**
 * Ends the handling of one request with an error reply. Never leaves the engine, and has no stack
 * trace: a client may cause as many as it likes.
 */
final class StoreRefusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final XsError error;

  StoreRefusal(XsError error) {
    super(error.name(), null, false, false);
    this.error = error;
  }

  XsError error() {
    return error;
  }
}
