package io.myrixen.xen.ring;

import static io.myrixen.xen.ring.RingLayout.HEADER_BYTES;
import static io.myrixen.xen.ring.RingLayout.REQUESTS_PRODUCED_OFFSET;
import static io.myrixen.xen.ring.RingLayout.REQUEST_EVENT_OFFSET;
import static io.myrixen.xen.ring.RingLayout.RESPONSES_PRODUCED_OFFSET;

import java.lang.foreign.MemorySegment;

/**
 * The end of a ring that takes requests and makes responses. Its indices are private, and the front
 * is not trusted: a slot still belongs to it, so copy each request once and judge the copy.
 * Confined to one thread; allocates nothing after it is made.
 */
public final class BackRing {

  private final MemorySegment memory;
  private final int entryBytes;
  private final int capacity;
  private int requestsTaken;
  private int responsesClaimed;
  private int responsesPushed;

  private BackRing(MemorySegment memory, int entryBytes, int startIndex) {
    this.memory = memory;
    this.entryBytes = entryBytes;
    this.capacity = RingLayout.capacity(memory, entryBytes);
    this.requestsTaken = startIndex;
    this.responsesClaimed = startIndex;
    this.responsesPushed = startIndex;
  }

  /**
   * Attaches to a ring that a front has laid out and no back has used.
   *
   * @param memory the front's pages, in one range, all of them
   * @param entryBytes as the front has it: the longer of request and response, in bytes
   */
  public static BackRing attach(MemorySegment memory, int entryBytes) {
    return attach(memory, entryBytes, 0);
  }

  static BackRing attach(MemorySegment memory, int entryBytes, int startIndex) {
    return new BackRing(memory, entryBytes, startIndex);
  }

  /** The memory that {@link #poll} and {@link #claim} give offsets into. */
  public MemorySegment memory() {
    return memory;
  }

  /** How many requests fit, a power of two. */
  public int capacity() {
    return capacity;
  }

  /** How many requests were taken and have no response yet. */
  public int unanswered() {
    return requestsTaken - responsesClaimed;
  }

  /**
   * Returns how many requests wait.
   *
   * @throws PeerFaultException if the front claims more than fit beside those unanswered, or took
   *     some back
   */
  public int pending() {
    // Acquire: pairs with publish() of the front. Requests it announces are visible from here on.
    int waiting = RingLayout.indexAcquire(memory, REQUESTS_PRODUCED_OFFSET) - requestsTaken;
    int fitting = capacity - unanswered();
    if (Integer.compareUnsigned(waiting, fitting) > 0) {
      throw new PeerFaultException(
          "front of the ring claims %s requests where %d fit"
              .formatted(Integer.toUnsignedString(waiting), fitting));
    }
    return waiting;
  }

  /**
   * Takes the oldest request. Its slot is reused by a response, this one's or another's: copy it
   * before the next {@link #claim}.
   *
   * @return its offset in {@link #memory}, in bytes, or -1 if none waits
   * @throws PeerFaultException as {@link #pending}
   */
  public long poll() {
    if (pending() == 0) {
      return -1;
    }
    return offsetOf(requestsTaken++);
  }

  /**
   * Takes the slot for the next response. Nobody looks at it before {@link #push}.
   *
   * @return its offset in {@link #memory}, in bytes
   * @throws IllegalStateException if every request taken has its response already
   */
  public long claim() {
    if (unanswered() == 0) {
      throw new IllegalStateException("no request to respond to");
    }
    return offsetOf(responsesClaimed++);
  }

  /**
   * Publishes every claimed response.
   *
   * @return whether the front sleeps and must be notified
   */
  public boolean push() {
    int old = responsesPushed;
    responsesPushed = responsesClaimed;
    return RingLayout.publish(memory, RESPONSES_PRODUCED_OFFSET, old, responsesPushed);
  }

  /**
   * Asks for a notification on the next request and looks once more: the last thing to do before
   * sleeping.
   *
   * @return whether a request waits after all, so that the caller must not sleep
   * @throws PeerFaultException as {@link #pending}
   */
  public boolean finalCheck() {
    if (pending() > 0) {
      return true;
    }
    RingLayout.arm(memory, REQUEST_EVENT_OFFSET, requestsTaken + 1);
    return pending() > 0;
  }

  private long offsetOf(int index) {
    return HEADER_BYTES + (long) (index & (capacity - 1)) * entryBytes;
  }
}
