package io.myrixen.mx.control;

/** Outcome of reading a response that the driver domain wrote. */
public sealed interface ReceivedResponse permits ControlResponse, ReceivedResponse.Malformed {

  /** The id of the request that it answers. */
  int requestId();

  /** A response that breaks the protocol; {@code field} names what is wrong with it. */
  record Malformed(int requestId, String field, long value) implements ReceivedResponse {}
}
