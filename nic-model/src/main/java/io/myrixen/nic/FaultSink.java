package io.myrixen.nic;

/** Closes an endpoint whose VM broke the window's rules, at once. NIC's thread. */
@FunctionalInterface
interface FaultSink {

  /** When this returns, {@code endpoint} is not open any more. Does nothing if it was not. */
  void fault(NicEndpoint endpoint, String what, long value);
}
