package io.myrixen.nic;

/** Hears of endpoints that the NIC closed because their VM broke the window's rules. */
@FunctionalInterface
public interface EndpointFaultListener {

  /**
   * Called on the NIC's thread, after the endpoint has been closed: the NIC touches neither its
   * window nor its regions any more. Must not block.
   *
   * @param what the field that was wrong
   * @param value what stood in it
   */
  void onEndpointFault(long nicId, int endpointId, String what, long value);
}
