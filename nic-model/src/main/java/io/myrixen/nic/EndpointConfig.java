package io.myrixen.nic;

import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;

/**
 * An endpoint to be opened on a board.
 *
 * @param nicId the board
 * @param endpointId its number on that board
 * @param sessionId what packets to it must bear
 * @param geometry as granted, never as read from the window
 * @param window memory of at least {@link WindowLayout#lengthBytes}, zeroed but for what the VM
 *     wrote, reachable from any thread, and alive until {@link NicControl#closeEndpoint} has ended
 * @param doorbell raises the event channel to the VM; called on the NIC's thread, must not block
 */
public record EndpointConfig(
    long nicId,
    int endpointId,
    int sessionId,
    WindowGeometry geometry,
    MemorySegment window,
    Runnable doorbell) {

  /** Checks that the window can hold what the geometry says. */
  public EndpointConfig {
    long needed = new WindowLayout(geometry).lengthBytes();
    if (window.byteSize() < needed) {
      throw new IllegalArgumentException(
          "window must hold %d bytes: %d".formatted(needed, window.byteSize()));
    }
    if (window.maxByteAlignment() < WindowLayout.RECEIVE_ALIGNMENT_BYTES) {
      throw new IllegalArgumentException(
          "window must begin on a cache line: alignment " + window.maxByteAlignment());
    }
  }
}
