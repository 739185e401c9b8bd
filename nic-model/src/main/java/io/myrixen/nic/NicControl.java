package io.myrixen.nic;

import io.myrixen.mx.board.Peer;
import io.myrixen.mx.wire.WireProfile;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The NIC's control side, for the driver. Every method may be called from any thread and returns at
 * once: what it asks for is queued to the NIC's thread and done in its next duty cycle, in the
 * order asked.
 *
 * <p>Futures are completed on the NIC's thread: what depends on one and takes time belongs on an
 * executor of the caller's. A future that fails bears a {@link NicException}.
 */
public interface NicControl {

  /**
   * Adds a board. Fails with {@code BUSY} if its id or its name is taken, {@code NO_RESOURCES} if
   * the NIC has no room for another.
   */
  CompletableFuture<Void> addBoard(BoardConfig config);

  /** Removes a board after closing its endpoints. Ends well if there is no such board. */
  CompletableFuture<Void> removeBoard(long nicId);

  /**
   * Opens an endpoint. Fails with {@code BOARD_UNKNOWN}, {@code BAD_ENDPOINT} if the id is out of
   * range, {@code BUSY} if it is open, {@code NO_RESOURCES} if too many are open on the NIC.
   */
  CompletableFuture<Void> openEndpoint(EndpointConfig config);

  /**
   * Closes an endpoint. Ends when the NIC touches neither its window nor its regions any more;
   * pulls in progress end with {@code PULL_DONE(ABORTED)} at their other end. Ends well if it is
   * not open: never was, or was closed for a fault.
   */
  CompletableFuture<Void> closeEndpoint(long nicId, int endpointId);

  /**
   * Lets pulls of and from this endpoint reach {@code memory}, under {@code regionId}. Fails with
   * {@code BAD_ENDPOINT} if the endpoint is not open, {@code BUSY} if the id is taken.
   *
   * @param memory reachable from any thread, and alive until {@link #removeRegion} or {@link
   *     #closeEndpoint} has ended
   * @param writable whether pulls may write to it
   */
  CompletableFuture<Void> addRegion(
      long nicId, int endpointId, int regionId, MemorySegment memory, boolean writable);

  /**
   * Removes a region. Pulls that touch it are aborted; ends when none does any more. Ends well if
   * there is no such region.
   */
  CompletableFuture<Void> removeRegion(long nicId, int endpointId, int regionId);

  /**
   * Attaches the wire: boards of this NIC tell of themselves there, and boards of others that do so
   * can be sent to. Fails with {@code BUSY} if a port is attached.
   *
   * @param port used by the NIC's thread alone until {@link #detachPort} has ended
   * @param profile which MXoE the others on that wire speak
   * @throws IllegalArgumentException if the port's frames are too short for the profile's
   */
  CompletableFuture<Void> attachPort(Port port, WireProfile profile);

  /**
   * Detaches the wire: boards of other NICs cannot be reached any more, and pulls from and to them
   * end with {@code PULL_DONE(ABORTED)}. Ends well if no port is attached.
   */
  CompletableFuture<Void> detachPort();

  /**
   * Makes a board of another NIC known that need not tell of itself, or names one that has. Fails
   * with {@code NO_DEV} if no port is attached, {@code NO_RESOURCES} if there are too many peers,
   * or the id is that of a board of this NIC or of a group.
   *
   * @throws IllegalArgumentException if the id has not 48 bits, or the name not 1 to 79 bytes
   */
  CompletableFuture<Void> addPeer(long nicId, String hostname);

  /**
   * The boards of this NIC, then those of others whose name is known; a copy that does not change.
   */
  List<Peer> peers();

  /** Sets who hears of endpoints closed for a fault; the last one set hears. */
  void faultListener(EndpointFaultListener listener);

  /** What the NIC has counted up to about now. */
  NicCounters counters();
}
