package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.wire.Frame;
import java.lang.foreign.MemorySegment;

/**
 * Pulls whose other end is behind the wire, both the pulling and the replying. NIC's thread. Frames
 * have been read without a fault, and come from a known peer to a board of this NIC; all else about
 * them is judged here.
 */
interface WirePulls {

  /**
   * Begins the pull that {@code command}, judged, asks for, or answers why not. There is room for
   * its completion.
   *
   * @return false if it has to wait for another one to end: the command comes again
   */
  boolean begin(NicEndpoint puller, Descriptor command, RemoteBoard to);

  /** Whether {@link #begin} would take a command of {@code puller}. */
  boolean canBegin(NicEndpoint puller);

  /** A peer asks for a block. */
  void pull(Frame frame, RemoteBoard from, LocalBoard to);

  /** A peer replies; the frame begins at {@code offset} of {@code memory}. */
  void pullReply(Frame frame, MemorySegment memory, long offset, RemoteBoard from, LocalBoard to);

  /** A peer refuses a request. */
  void nackMcp(Frame frame, RemoteBoard from, LocalBoard to);

  /** Requests what can be requested and checks deadlines; once a cycle, after the frames. */
  int doWork();

  /**
   * Sends about a chunk of what was requested from windows of {@code vm}.
   *
   * @return what it cost, in bytes of the VM's share; 0 if there is nothing to send, or no room
   */
  long advance(VmShare vm);

  /** Whether {@link #doWork} or {@link #advance} would do anything. */
  boolean ready();

  /**
   * How long {@link #doWork} need not be called if nothing arrives; {@link Long#MAX_VALUE}: ever.
   */
  long longestSleepNs();

  /** Ends everything that touches {@code endpoint}, which is being closed. */
  void closed(NicEndpoint endpoint);

  /** Ends everything that touches {@code region}, which is being removed. */
  void removed(Region region);

  /** Ends everything: there is no wire any more. */
  void detached();
}
