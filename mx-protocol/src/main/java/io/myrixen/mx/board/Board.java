package io.myrixen.mx.board;

import io.myrixen.mx.window.WindowGeometry;
import java.util.List;

/** A NIC as this process sees it. Every method may be called from any thread. */
public interface Board {

  /** Number of this board among those of its VM, from 0. */
  int number();

  /** The board's id: a MAC, its first byte most significant, upper 16 bits zero. */
  long nicId();

  /** Name of the form {@code vm:board}, at most 79 bytes. */
  String hostname();

  /**
   * Endpoints that may be open at once; ids are below it. At most 256, since an id travels in one
   * byte.
   */
  int maxEndpoints();

  /** Whether the device is there and its driver domain answers. */
  boolean connected();

  /**
   * Opens endpoint {@code endpointId} with a window of its own.
   *
   * @param endpointId 0 to {@link #maxEndpoints} - 1. Ends with {@code BAD_ENDPOINT} beyond, {@code
   *     BUSY} if open already, {@code NO_RESOURCES} naming the quota if one is reached
   * @param geometry what the library would like; netback may cap it
   */
  Pending<EndpointPort> openEndpoint(int endpointId, WindowGeometry geometry);

  /** Looks a board up by name. Ends with {@code HOST_NOT_FOUND}. */
  Pending<Peer> peerByName(String hostname);

  /** Looks a board up by id. Ends with {@code NIC_NOT_FOUND}. */
  Pending<Peer> peerByNicId(long nicId);

  /** Every board that can be reached from this one, itself included. */
  Pending<List<Peer>> peers();

  /** The endpoint ids open on this board, by whichever process. */
  Pending<List<Integer>> openEndpoints();
}
