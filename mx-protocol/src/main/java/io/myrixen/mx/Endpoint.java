package io.myrixen.mx;

import io.myrixen.mx.board.Board;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application talks through: a set of queues and one matching space on a board, opened by
 * {@link Mx#openEndpoint}.
 *
 * <p>A <em>confined</em> endpoint (the default) lets one thread in at a time; a second one gets an
 * {@link IllegalStateException} that names both. A <em>shared</em> one lets threads wait for each
 * other. {@link #wakeUp} may be called from any thread always.
 *
 * <p>User memory is a {@link MemorySegment} that the library's threads may touch (shared, automatic
 * or global arena, or heap) and stays untouched by its owner until the request has ended. Misuse
 * throws {@link MxException}; outcomes of requests are status codes.
 */
public interface Endpoint extends AutoCloseable {

  /** Its id on its board. */
  int id();

  /** The board it is open on. */
  Board board();

  /** Its own address, which can be sent to at once. */
  EndpointAddress address();

  /** Makes a request for use with this endpoint. */
  Request newRequest();

  /**
   * Connects to a remote endpoint, or to this one. Connecting twice gives the same address.
   *
   * @param key the filter that the remote endpoint was opened with
   * @param timeout {@link Duration#ZERO} waits as long as the request time-out allows
   * @throws MxException {@code TIMEOUT} when time passed, on a wake-up, or if the peer cannot be
   *     reached; {@code CONNECTION_FAILED} if the endpoint is not open; {@code BAD_ENDPOINT_ID},
   *     {@code BAD_CONNECTION_KEY}, {@code NIC_NOT_FOUND}
   */
  EndpointAddress connect(long nicId, int endpointId, int key, Duration timeout);

  /**
   * Connects, trying again at a bounded rate while the peer is not there or has not opened yet.
   *
   * @param timeout {@link Duration#ZERO} waits without limit
   * @throws MxException {@code TIMEOUT}, {@code BAD_ENDPOINT_ID}, {@code BAD_CONNECTION_KEY}
   */
  EndpointAddress connectWhenOpen(long nicId, int endpointId, int key, Duration timeout);

  /** Connects likewise, waiting also until there is a board named {@code hostname}. */
  EndpointAddress connectWhenOpen(String hostname, int endpointId, int key, Duration timeout);

  /**
   * Begins to connect; the address is the {@link Status#source} of the request. The status code
   * tells {@code BAD_KEY}, {@code ENDPOINT_CLOSED}, {@code BAD_ENDPOINT} or {@code
   * ENDPOINT_UNREACHABLE}.
   *
   * @param matchInfo what {@link #testAny} sees
   */
  void iconnect(long nicId, int endpointId, int key, long matchInfo, Request request);

  /**
   * Begins to send; completion means that the segments may be reused.
   *
   * @param segments at most {@link Mx#MAX_SEGMENTS}; lengths of zero are legal
   * @param request null sends and forgets: the segments must then outlive the message
   */
  void isend(
      List<MemorySegment> segments,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request);

  /** Begins to send one segment. */
  void isend(
      MemorySegment segment,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request);

  /** Begins to send what lies between the position and the limit of {@code buffer}. */
  default void isend(
      ByteBuffer buffer, EndpointAddress destination, long matchInfo, @Nullable Request request) {
    isend(MemorySegment.ofBuffer(buffer), destination, matchInfo, request);
  }

  /** Begins to send; completion means that the receive was matched and what fits was taken. */
  void issend(
      List<MemorySegment> segments,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request);

  /** Begins to send one segment synchronously. */
  void issend(
      MemorySegment segment,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request);

  /** Begins to send the rest of {@code buffer} synchronously. */
  default void issend(
      ByteBuffer buffer, EndpointAddress destination, long matchInfo, @Nullable Request request) {
    issend(MemorySegment.ofBuffer(buffer), destination, matchInfo, request);
  }

  /**
   * Begins to receive the first message with {@code matchInfo == (matchMask & its match info)}.
   *
   * @throws MxException {@code BAD_MATCH_MASK} if {@code matchInfo} has a bit outside the mask;
   *     {@code BAD_MATCHING_FOR_CONTEXT_ID_MASK} if the mask leaves a bit of the context id open
   */
  void irecv(List<MemorySegment> segments, long matchInfo, long matchMask, Request request);

  /** Begins to receive into one segment. */
  void irecv(MemorySegment segment, long matchInfo, long matchMask, Request request);

  /** Begins to receive between the position and the limit of {@code buffer}. */
  default void irecv(ByteBuffer buffer, long matchInfo, long matchMask, Request request) {
    irecv(MemorySegment.ofBuffer(buffer), matchInfo, matchMask, request);
  }

  /**
   * Makes a pass of progress unless {@code request} has ended already, and takes its outcome if it
   * has ended.
   *
   * @return whether {@code status} was filled in; the request is then free for use again
   */
  boolean test(Request request, Status status);

  /**
   * Waits for {@code request} and takes its outcome.
   *
   * @param timeout {@link Duration#ZERO} waits without limit
   * @return false if time passed, on a wake-up, or when the thread is interrupted
   */
  boolean await(Request request, Duration timeout, Status status);

  /** Waits for {@code request} without limit; false on a wake-up or interrupt. */
  default boolean await(Request request, Status status) {
    return await(request, Duration.ZERO, status);
  }

  /**
   * Takes the outcome of any request that has ended, of whichever kind, whose match info masked by
   * {@code matchMask} is {@code matchInfo}; the oldest first.
   */
  boolean testAny(long matchInfo, long matchMask, Status status);

  /** Waits for what {@link #testAny} looks for; {@link Duration#ZERO} waits without limit. */
  boolean awaitAny(long matchInfo, long matchMask, Duration timeout, Status status);

  /**
   * Returns the request that ended first of all whose outcome has not been taken, and leaves it so:
   * asked again without taking it, it returns the same one.
   */
  @Nullable Request ipeek();

  /**
   * Waits for what {@link #ipeek} looks for; {@link Duration#ZERO} waits without limit.
   *
   * @return null if time passed, on a wake-up, or when the thread is interrupted
   */
  @Nullable Request peek(Duration timeout);

  /**
   * Looks for a message that no receive has been posted for, the oldest with {@code matchInfo ==
   * (matchMask & its match info)}, and leaves it. It may have arrived in part only; a receive
   * posted for it gets the whole.
   *
   * @param status filled in if there is one: {@code SUCCESS}, its sender, its match info, and its
   *     full length both as message and as transfer length
   * @throws MxException {@code BAD_MATCH_MASK} if {@code matchInfo} has a bit outside the mask
   */
  boolean iprobe(long matchInfo, long matchMask, Status status);

  /**
   * Waits for what {@link #iprobe} looks for; {@link Duration#ZERO} waits without limit.
   *
   * @return false if time passed, on a wake-up, or when the thread is interrupted
   */
  boolean probe(long matchInfo, long matchMask, Duration timeout, Status status);

  /**
   * Whether the segments of a send may be reused: it has ended, or the library has a copy. That
   * comes at once or soon for messages up to the rendezvous threshold, to this endpoint too, and
   * with the end for longer and synchronous ones. The outcome is still to be taken.
   *
   * @throws MxException {@code BAD_REQUEST} for anything but a send
   */
  boolean ibuffered(Request request);

  /**
   * Lets a request end without its outcome being reported; if it has ended, drops the outcome. It
   * goes on as before, a receive still gets its message, and it is free for use again when {@link
   * Request#pending} says so.
   */
  void forget(Request request);

  /**
   * Takes back a receive that nothing has matched, or a connect that has not ended: the request is
   * then free for use again.
   *
   * @return false if it has been matched or has ended: its outcome is still to be taken
   * @throws MxException {@code CANCEL_NOT_SUPPORTED} for a send
   */
  boolean cancel(Request request);

  /**
   * Does what {@link #cancel} does, but lets the request end with {@code CANCELLED}, so that its
   * outcome is still to be taken.
   */
  boolean cancelNotest(Request request);

  /**
   * Limits a send or connect that has been started to {@code timeout} from now, whatever limit it
   * had before: after that it ends with {@code TIMEOUT}, and whoever receives such a large message
   * then, or has not received all of it, gets {@code BAD_RDMAWIN}. A receive never ends by time,
   * nor is a limit of any account for what has ended.
   *
   * @param timeout {@link Duration#ZERO} takes the limit away
   */
  void requestTimeout(Request request, Duration timeout);

  /**
   * Sets how long a remote endpoint, and its NIC, may stay silent before what is pending with it
   * ends with {@code ENDPOINT_UNREACHABLE}; at first that is the option's time-out.
   *
   * @param timeout at least 1 ms, or {@link Duration#ZERO} to give nobody up
   */
  void requestTimeout(Duration timeout);

  /**
   * Forgets a remote endpoint, which is not told; what it sends from now on is refused and ends
   * with {@code BAD_SESSION} there. Pending sends and connects to it, and receives that its
   * messages were being stored in, end with {@code ENDPOINT_UNREACHABLE}; its messages that no
   * receive was posted for are dropped; whatever is sent to {@code address} from now on ends with
   * {@code ENDPOINT_UNREACHABLE}. Connecting anew makes another address. A receive that the NIC is
   * filling ends as soon as the NIC lets go of its memory.
   *
   * <p>An endpoint stays connected to itself: of its own address only what is pending is dropped.
   *
   * @throws MxException {@code BAD_ENDPOINT} if this endpoint did not give {@code address}
   */
  void disconnect(EndpointAddress address);

  /**
   * Sets who is offered messages that arrive before their receive; null takes it away. Messages
   * that wait already are not offered.
   */
  void unexpectedHandler(@Nullable UnexpectedHandler handler);

  /**
   * Stops all progress, the driver's thread's too, until {@link #reenableProgression}: when this
   * returns, no handler runs, and none will. Calls begin and take requests as before; waits wait,
   * on a shared endpoint for another thread to enable progression again. Twice is as once.
   */
  void disableProgression();

  /** Lets progress be made again. */
  void reenableProgression();

  /** Makes one pass of progress. Returns whether anything happened. */
  boolean progress();

  /** Ends every wait that threads are in now, as if time had passed; from any thread. */
  void wakeUp();

  /**
   * Allocates registered memory: large messages in it move without a copy between. Asks the driver,
   * so allocate once and reuse.
   *
   * @throws MxException {@code NO_RESOURCES} naming the quota
   */
  MemorySegment allocate(long bytes);

  /** Gives memory from {@link #allocate} back; {@code BAD_SEG_MEM} for any other. */
  void free(MemorySegment memory);

  /** What this endpoint has done so far; from any thread, also once it is closed. */
  EndpointCounters counters();

  /**
   * Closes the endpoint after waiting until everything that {@code isend} called complete has been
   * acknowledged, at most for the option's linger time. Requests still pending end with {@code
   * CANCELLED}; their memory is not touched any more. Idempotent. No unexpected handler is called
   * any more, and progression is made as if it had been enabled.
   *
   * @throws MxException {@code CLOSE_IN_HANDLER} from inside the unexpected handler
   */
  @Override
  void close();

  /** Closes the endpoint likewise and reports what was not acknowledged. */
  CloseReport close(Duration linger);
}
