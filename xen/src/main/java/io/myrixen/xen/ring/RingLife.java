package io.myrixen.xen.ring;

import static io.myrixen.xen.ring.RingLayout.BACK_LIVES_OFFSET;
import static io.myrixen.xen.ring.RingLayout.FRONT_LIVES_OFFSET;

import io.myrixen.xen.EventChannel;
import io.myrixen.xen.SharedPages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A sign of life of each end in the header of their ring, which the system takes back when the
 * process of that end gives up the ring's pages, or is killed. Real Xen has no other news of that.
 * Where event channels tell of it the signs stay, and say nothing. Confined to one thread.
 */
public final class RingLife {

  private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
  private static final byte LIVES = 1;

  private final MemorySegment memory;
  private final long peerOffset;

  /** A peer that never gave a sign may yet have to come. */
  private boolean peerSeen;

  private RingLife(SharedPages pages, EventChannel channel, int ownOffset, int peerOffset) {
    this.memory = pages.memory();
    this.peerOffset = peerOffset;
    pages.announceEnd(ownOffset, channel);
    // Release: pairs with peerGone() of the other end. Announced before, so that it never stays.
    BYTE.setRelease(memory, (long) ownOffset, LIVES);
  }

  /**
   * Gives the front's sign, after the ring is laid out and before the back is told of it.
   *
   * @param pages the ring's, which the front granted
   * @param channel the ring's
   */
  public static RingLife ofFront(SharedPages pages, EventChannel channel) {
    return new RingLife(pages, channel, FRONT_LIVES_OFFSET, BACK_LIVES_OFFSET);
  }

  /**
   * Gives the back's sign. The front gave its own before: if that is not there, the front is gone.
   *
   * @param pages the ring's, which the back mapped
   * @param channel the ring's
   */
  public static RingLife ofBack(SharedPages pages, EventChannel channel) {
    RingLife life = new RingLife(pages, channel, BACK_LIVES_OFFSET, FRONT_LIVES_OFFSET);
    life.peerSeen = true;
    return life;
  }

  /**
   * Whether the other end has given up the ring. To be looked at after the channel was drained: the
   * sign goes before the notification comes.
   */
  public boolean peerGone() {
    // Acquire: pairs with the release of the other end's sign.
    boolean lives = (byte) BYTE.getAcquire(memory, peerOffset) != 0;
    peerSeen |= lives;
    return peerSeen && !lives;
  }
}
