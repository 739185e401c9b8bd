package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Pending;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import java.util.function.Function;

/** A call that offers nothing, so that a late answer can be forgotten. */
final class SimpleCall<T> extends Call {

  private final Pending<T> pending;
  private final Function<ControlResponse.Result, T> result;

  /** Ends {@code pending} with what {@code result} makes of a success. */
  SimpleCall(
      ControlRequest request, Pending<T> pending, Function<ControlResponse.Result, T> result) {
    super(request);
    this.pending = pending;
    this.result = result;
  }

  @Override
  void answered(ControlResponse response) {
    if (response.code() == ReturnCode.SUCCESS) {
      pending.complete(result.apply(response.result()));
    } else {
      pending.fail(refusal(response));
    }
  }

  @Override
  void late(MxException timeout) {
    pending.fail(timeout);
  }

  @Override
  void lost(MxException cause) {
    pending.fail(cause);
  }
}
