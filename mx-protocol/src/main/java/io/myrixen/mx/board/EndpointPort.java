package io.myrixen.mx.board;

import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.MemorySegment;

/**
 * An opened endpoint as its driver holds it: the window and the bell. Methods may be called from
 * any thread unless they say otherwise.
 */
public interface EndpointPort {

  /** The endpoint's id on its board. */
  int endpointId();

  /**
   * The random session that netback issued for this opening; goes with every packet to this
   * endpoint.
   */
  int sessionId();

  /** The geometry that was granted. */
  WindowGeometry geometry();

  /** The window; accesses throw {@link IllegalStateException} once the port has been closed. */
  MemorySegment window();

  /**
   * Raises the event channel to the NIC; only when the NIC's asleep flag asks for it, since it is a
   * system call.
   */
  void raise();

  /** How often {@link #raise} was called. */
  long raised();

  /**
   * Sleeps until the NIC raises the event channel, {@link #wakeUp} is or was called since the last
   * return, or time has passed. The caller has set the window's VM-asleep flag and looked again.
   * One thread at a time.
   *
   * @param timeoutNs nanoseconds; negative waits without limit
   */
  void await(long timeoutNs);

  /** Ends the current {@link #await}, or the next one. */
  void wakeUp();

  /**
   * Tells who can say what the library does with this endpoint. A driver whose operator has no way
   * to ask does nothing with it.
   */
  default void inspectedBy(EndpointInspection inspection) {}

  /**
   * Whether the window is dead: device unplugged, driver domain gone, or endpoint closed by netback
   * for a fault.
   */
  boolean detached();

  /**
   * Allocates memory and registers it with the NIC for this endpoint.
   *
   * @param lengthBytes at least 1; whole pages are taken. Ends with {@code NO_RESOURCES} naming the
   *     quota or limit
   */
  Pending<Region> register(long lengthBytes);

  /**
   * Closes the endpoint: ends once the NIC touches neither window nor regions any more, and all are
   * given back.
   */
  Pending<Void> close();

  /** Memory that the NIC may read and write. */
  interface Region {

    /** The id that goes into RDMA windows. */
    int id();

    /**
     * The memory; accesses throw {@link IllegalStateException} once the region has been given back.
     */
    MemorySegment memory();

    /** Gives the memory back, once the NIC touches it no more. */
    Pending<Void> deregister();
  }
}
