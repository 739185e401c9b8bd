package io.myrixen.mx.memory;

/**
 * A segment of the user's that was good when it was given is not accessible any more: its arena was
 * closed too early. Ends that request with {@code BAD_SEG_MEM} and nothing else.
 */
public final class BadSegmentException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BadSegmentException(int segmentIndex, RuntimeException cause) {
    super("segment %d is not accessible: %s".formatted(segmentIndex, cause.getMessage()), cause);
  }
}
