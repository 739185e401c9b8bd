package io.myrixen.mx.board;

/** Progress of an endpoint while its owner is away, run by the driver's thread. */
public interface BackgroundWork {

  /**
   * Does what is due, without blocking. Called when the endpoint's {@link EndpointPort} has been
   * notified, and when the time that the last call asked for has come.
   *
   * @param nowNs the driver's clock
   * @return nanoseconds until it wants to run again even if nothing happens, at least 0
   */
  long doWork(long nowNs);

  /** The port whose notifications wake this work. */
  EndpointPort port();
}
