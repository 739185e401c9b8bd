package io.myrixen.mx.memory;

import io.myrixen.mx.board.Pending;

/** Waits for an answer of the driver; {@code BoardDriver::await} where there is one. */
@FunctionalInterface
public interface Awaiter {

  /**
   * Waits for {@code pending}.
   *
   * @throws io.myrixen.mx.MxException what the request failed with
   */
  <T> T await(Pending<T> pending);
}
