package io.myrixen.mx.control;

/** Outcome of reading a request that a VM wrote. */
public sealed interface ReceivedRequest {

  /** The id to answer it by. */
  int requestId();

  /** A sound request. */
  record Valid(int requestId, ControlRequest request) implements ReceivedRequest {}

  /** A request that no VM of ours would make. Counted and answered. */
  record Malformed(int requestId, int kindCode, Detail detail, long value)
      implements ReceivedRequest {}
}
