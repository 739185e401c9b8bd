package io.myrixen.xen.ring;

import static io.myrixen.xen.ring.RingLayout.HEADER_BYTES;
import static io.myrixen.xen.ring.RingLayout.REQUESTS_PRODUCED_OFFSET;
import static io.myrixen.xen.ring.RingLayout.RESPONSES_PRODUCED_OFFSET;
import static io.myrixen.xen.ring.RingLayout.RESPONSE_EVENT_OFFSET;

import java.lang.foreign.MemorySegment;

/**
 * The end of a ring that makes requests and takes responses. Its indices are private: what the back
 * writes can spoil only the payload. Confined to one thread; allocates nothing after it is made.
 */
public final class FrontRing {

  private final MemorySegment memory;
  private final int entryBytes;
  private final int capacity;
  private int requestsClaimed;
  private int requestsPushed;
  private int responsesTaken;

  private FrontRing(MemorySegment memory, int entryBytes, int startIndex) {
    this.memory = memory;
    this.entryBytes = entryBytes;
    this.capacity = RingLayout.capacity(memory, entryBytes);
    this.requestsClaimed = startIndex;
    this.requestsPushed = startIndex;
    this.responsesTaken = startIndex;
  }

  /**
   * Lays out an empty ring in {@code memory}, which the back must not yet use: before its reference
   * is told.
   *
   * @param memory one or more pages in one range
   * @param entryBytes the longer of request and response, in bytes, a multiple of 4
   */
  public static FrontRing init(MemorySegment memory, int entryBytes) {
    return init(memory, entryBytes, 0);
  }

  static FrontRing init(MemorySegment memory, int entryBytes, int startIndex) {
    FrontRing ring = new FrontRing(memory, entryBytes, startIndex);
    memory.asSlice(0, HEADER_BYTES).fill((byte) 0);
    RingLayout.indexRelease(memory, REQUESTS_PRODUCED_OFFSET, startIndex);
    RingLayout.indexRelease(memory, RESPONSES_PRODUCED_OFFSET, startIndex);
    RingLayout.indexRelease(memory, RingLayout.REQUEST_EVENT_OFFSET, startIndex + 1);
    RingLayout.indexRelease(memory, RESPONSE_EVENT_OFFSET, startIndex + 1);
    return ring;
  }

  /** The memory that {@link #claim} and {@link #poll} give offsets into. */
  public MemorySegment memory() {
    return memory;
  }

  /** How many requests fit, a power of two. */
  public int capacity() {
    return capacity;
  }

  /** How many requests may be claimed now: none is left while all wait for their response. */
  public int free() {
    return capacity - (requestsClaimed - responsesTaken);
  }

  /**
   * Takes the next free slot for a request. Nobody sees it before {@link #push}.
   *
   * @return its offset in {@link #memory}, in bytes, or -1 if the ring is full
   */
  public long claim() {
    if (free() == 0) {
      return -1;
    }
    return offsetOf(requestsClaimed++);
  }

  /**
   * Publishes every claimed request.
   *
   * @return whether the back sleeps and must be notified
   */
  public boolean push() {
    int old = requestsPushed;
    requestsPushed = requestsClaimed;
    return RingLayout.publish(memory, REQUESTS_PRODUCED_OFFSET, old, requestsPushed);
  }

  /**
   * Returns how many responses wait.
   *
   * @throws PeerFaultException if the back claims more than there are requests to answer
   */
  public int pending() {
    // Acquire: pairs with publish() of the back. Responses it announces are visible from here on.
    int waiting = RingLayout.indexAcquire(memory, RESPONSES_PRODUCED_OFFSET) - responsesTaken;
    int unanswered = requestsPushed - responsesTaken;
    if (Integer.compareUnsigned(waiting, unanswered) > 0) {
      throw new PeerFaultException(
          "back of the ring claims %s responses to %d requests"
              .formatted(Integer.toUnsignedString(waiting), unanswered));
    }
    return waiting;
  }

  /**
   * Takes the oldest response. Copy it before the next {@link #claim}, which may reuse its slot.
   *
   * @return its offset in {@link #memory}, in bytes, or -1 if none waits
   * @throws PeerFaultException as {@link #pending}
   */
  public long poll() {
    if (pending() == 0) {
      return -1;
    }
    return offsetOf(responsesTaken++);
  }

  /**
   * Asks for a notification on the next response and looks once more: the last thing to do before
   * sleeping.
   *
   * @return whether a response waits after all, so that the caller must not sleep
   * @throws PeerFaultException as {@link #pending}
   */
  public boolean finalCheck() {
    if (pending() > 0) {
      return true;
    }
    RingLayout.arm(memory, RESPONSE_EVENT_OFFSET, responsesTaken + 1);
    return pending() > 0;
  }

  private long offsetOf(int index) {
    return HEADER_BYTES + (long) (index & (capacity - 1)) * entryBytes;
  }
}
