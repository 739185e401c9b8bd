package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.Detail;

/**
 * A request on its way to the driver domain, and what to do when it ends. One that has timed out
 * stays in the ring: its answer may still come, and what was offered with it is not taken back
 * before that. Confined to the control thread.
 */
abstract class Call {

  private final ControlRequest request;
  private long deadlineNs;
  private boolean timedOut;

  Call(ControlRequest request) {
    this.request = request;
  }

  ControlRequest request() {
    return request;
  }

  /** The answer came, in time or not. */
  abstract void answered(ControlResponse response);

  /** No answer came in time; {@link #answered} or {@link #lost} follows. */
  abstract void late(MxException timeout);

  /** The driver domain is gone, and will never answer. */
  abstract void lost(MxException cause);

  /** Starts the clock. */
  void begin(long deadlineNs) {
    this.deadlineNs = deadlineNs;
  }

  long deadlineNs() {
    return deadlineNs;
  }

  boolean timedOut() {
    return timedOut;
  }

  /** Ends the wait once its time has come; returns whether it has just now. */
  boolean expire(long nowNs) {
    if (timedOut || nowNs - deadlineNs < 0) {
      return false;
    }
    timedOut = true;
    late(
        new MxException(
            ReturnCode.TIMEOUT, "the driver domain did not answer " + request.kind() + " in time"));
    return true;
  }

  /** Returns what a refusal means in MX's terms, naming quota, field or value. */
  final MxException refusal(ControlResponse response) {
    String what =
        request instanceof ControlRequest.PeerByName(var hostname)
            ? "no board can be reached that is named " + hostname
            : Detail.describe(response.detailCode(), response.value());
    return new MxException(response.code(), what);
  }
}
