package io.myrixen.netfront;

/** How threads sleep on an endpoint's event channel. Methods may be called from any thread. */
interface PortSleep {

  /** As {@code EndpointPort.await}. One thread at a time. */
  void await(long timeoutNs);

  /** Ends the current {@link #await}, or the next one. */
  void wakeUp();

  /** Whether the NIC's end is known to be gone. */
  boolean peerGone();

  /**
   * Ends all sleep, and gives back what sleeping took. The channel is closed by its owner, after
   * this. Control thread.
   */
  void close();
}
