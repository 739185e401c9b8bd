package io.myrixen.netback;

import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.xen.EventChannel;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;

/** How an endpoint's window meets the NIC: itself, or by way of a relay. Netback's thread. */
interface Coupling {

  /** The window that the NIC is given; alive until {@link #end}. */
  MemorySegment window();

  /** What the NIC calls when it has written for somebody who sleeps. NIC's thread; never blocks. */
  Runnable doorbell();

  /**
   * Ends it, when the NIC has let go of the window. What it returns ends when no thread sleeps on
   * the endpoint's channel any more.
   */
  CompletableFuture<Void> end();

  /** Makes couplings of one kind. */
  @FunctionalInterface
  interface Factory {

    /** Couples the window of an endpoint, whose channel stays the caller's. */
    Coupling couple(MemorySegment window, WindowGeometry geometry, EventChannel channel);
  }
}
