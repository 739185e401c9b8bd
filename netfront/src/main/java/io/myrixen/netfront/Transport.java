package io.myrixen.netfront;

import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ReceivedResponse;
import io.myrixen.xen.Pollable;
import org.jspecify.annotations.Nullable;

/** How requests reach the driver domain and answers come back. Confined to the control thread. */
interface Transport extends AutoCloseable {

  /** What to sleep on for answers. */
  Pollable source();

  /** Takes the notifications that are pending, before the answers are looked at. */
  void drain();

  /** Requests that can be written now. */
  int free();

  /** Writes a request; there is room for it. */
  void write(int requestId, ControlRequest request);

  /** Shows the driver domain what has been written. */
  void push();

  /**
   * Takes the next answer, or returns null if none is there.
   *
   * @throws io.myrixen.xen.ring.PeerFaultException if the driver domain broke the rules
   */
  @Nullable ReceivedResponse poll();

  /** Whether more has come after all; if not, the next answer ends the sleep. */
  boolean finalCheck();

  /** Whether the driver domain is known to have closed its end. */
  boolean peerGone();

  /** Gives it back: the driver domain has let go of it, or is gone. Idempotent. */
  @Override
  void close();
}
