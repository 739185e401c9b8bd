package io.myrixen.nic;

import io.myrixen.mx.idle.SpinOrYield;

/**
 * Endpoints to whose windows something has been written since they were last asked whether their VM
 * sleeps. Asking costs a fence: it is done once for each, after a batch.
 */
final class Bells {

  private final FaultSink faults;
  private final NicEndpoint[] touched;
  private final boolean[] isTouched;
  private int count;
  private SpinOrYield lastServed;

  Bells(int maxEndpoints, int idleSpins, FaultSink faults) {
    this.lastServed = new SpinOrYield(idleSpins);
    this.touched = new NicEndpoint[maxEndpoints];
    this.isTouched = new boolean[maxEndpoints];
    this.faults = faults;
  }

  /** Remembers that {@code endpoint} is to be asked. */
  void touch(NicEndpoint endpoint) {
    lastServed = endpoint.vm().idle();
    if (!isTouched[endpoint.slot()]) {
      isTouched[endpoint.slot()] = true;
      touched[count++] = endpoint;
    }
  }

  /** Forgets an endpoint that is being closed. */
  void forget(NicEndpoint endpoint) {
    if (!isTouched[endpoint.slot()]) {
      return;
    }
    isTouched[endpoint.slot()] = false;
    for (int i = 0; i < count; i++) {
      if (touched[i] == endpoint) {
        touched[i] = touched[--count];
        return;
      }
    }
  }

  /** How to wait for the VM that has been written to last: most likely it acts next. */
  SpinOrYield lastServed() {
    return lastServed;
  }

  /** Raises the event channels of those whose VM sleeps. */
  void ring() {
    while (count > 0) {
      NicEndpoint endpoint = touched[--count];
      isTouched[endpoint.slot()] = false;
      if (endpoint.control().vmAsleepAfterEvent()) {
        endpoint.count(NicCounter.NOTIFICATIONS, 1);
        try {
          endpoint.ring();
        } catch (RuntimeException _) {
          faults.fault(endpoint, "event channel", 0); // Its far end is gone.
        }
      }
    }
  }
}
