package io.myrixen.mx.memory;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.board.Pending;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Rings for messages whose memory is not registered: one region, cut into rings of equal size.
 * Registered when the first ring is asked for, since many endpoints never need it. Confined to
 * whoever holds the endpoint.
 *
 * <p>Half of the rings are for sends, half for receives. A pull holds a ring at its receiver while
 * it waits for one at its sender; if receives could have all rings on both sides, each side's would
 * wait for the other's in a circle.
 */
public final class StagingPool {

  /** 4 MiB: sixteen messages at once, and what a 10 Gbit/s NIC moves in some 3 ms. */
  public static final long DEFAULT_BYTES = 4L << 20;

  /** 64 KiB: with less, a message is in pieces so small that waking each other costs more. */
  public static final long MIN_BYTES = 64L << 10;

  /** Rings of a pool of any usual size. */
  private static final int RING_COUNT = 16;

  /** No ring is smaller than four pages of one copy each; a small pool has fewer rings instead. */
  private static final int MIN_RING_BYTES = 16 << 10;

  private final EndpointPort port;
  private long lengthBytes;
  private @Nullable Pending<EndpointPort.Region> registering;
  private EndpointPort.@Nullable Region region;
  private @Nullable MxException failure;
  private FreeList rings = new FreeList(0);
  private int ringBytes;
  private boolean[] feedsSend = new boolean[0];
  private int sourceCount;

  /**
   * Makes a pool that has no memory yet.
   *
   * @param lengthBytes how much to register, {@link #MIN_BYTES} to 4 GiB, made a power of two by
   *     rounding down. Halved while the driver has no resources for it
   */
  public StagingPool(EndpointPort port, long lengthBytes) {
    if (lengthBytes < MIN_BYTES || lengthBytes > 1L << 32) {
      throw new IllegalArgumentException(
          "lengthBytes must be %d to 4 GiB: %d".formatted(MIN_BYTES, lengthBytes));
    }
    this.port = port;
    this.lengthBytes = Long.highestOneBit(lengthBytes);
  }

  /**
   * Registers the memory now.
   *
   * @throws MxException {@code NO_RESOURCES} if not even {@link #MIN_BYTES} can be registered
   */
  public void open(Awaiter awaiter) {
    while (!opened()) {
      MxException refused = takeFailure();
      if (refused != null) {
        throw refused;
      }
      Pending<EndpointPort.Region> asked = registering;
      try {
        if (asked != null) {
          awaiter.await(asked);
        }
      } catch (MxException failed) {
        if (!asked.done()) {
          throw failed;
        }
        // Else it is the answer, which is judged on the next turn.
      }
    }
  }

  /** Returns a ring to feed a send from, or -1 if there is none now. */
  public int acquireSource() {
    if (!opened() || sourceCount == rings.capacity() / 2) {
      return -1;
    }
    int ring = rings.acquire();
    if (ring >= 0) {
      feedsSend[ring] = true;
      sourceCount++;
    }
    return ring;
  }

  /**
   * Returns a ring for a send that nobody has asked for yet, or -1 if there is none to spare: half
   * of those for sends are kept for messages that are wanted, so that unwanted ones never stop
   * them.
   */
  public int acquireEarlySource() {
    return opened() && sourceCount < rings.capacity() / 4 ? acquireSource() : -1;
  }

  /** Returns a ring to receive through, or -1 if there is none now. */
  public int acquireSink() {
    return opened() && sinkCount() < rings.capacity() / 2 ? rings.acquire() : -1;
  }

  private int sinkCount() {
    return rings.capacity() - rings.freeCount() - sourceCount;
  }

  /** Gives {@code ring} back; no pull touches it any more. */
  public void release(int ring) {
    rings.release(ring);
    if (feedsSend[ring]) {
      feedsSend[ring] = false;
      sourceCount--;
    }
  }

  /**
   * Says once why there is no memory, after which the next request for a ring tries again.
   *
   * @return null if there is memory or may still be
   */
  public @Nullable MxException takeFailure() {
    MxException taken = failure;
    failure = null;
    return taken;
  }

  /** The region all rings lie in; there is one once a ring has been acquired. */
  public int regionId() {
    return region().id();
  }

  /** The region's memory. */
  public MemorySegment memory() {
    return region().memory();
  }

  /** Where {@code ring} begins in the region, in bytes. */
  public long offset(int ring) {
    return (long) ring * ringBytes;
  }

  /** Bytes of a ring, a power of two; 0 before there is memory. */
  public int ringBytes() {
    return ringBytes;
  }

  /** How many rings are not acquired. */
  public int freeCount() {
    return rings.freeCount();
  }

  private EndpointPort.Region region() {
    if (region == null) {
      throw new IllegalStateException("the staging pool has no memory yet");
    }
    return region;
  }

  /** Moves the registration on without waiting. Asks again once a failure has been taken. */
  private boolean opened() {
    while (region == null && failure == null) {
      Pending<EndpointPort.Region> asked = registering;
      if (asked == null) {
        asked = port.register(lengthBytes);
        registering = asked;
        // Progress may sleep by then, and has to come by again.
        var _ = asked.future().whenComplete((_, _) -> port.wakeUp());
      }
      if (!asked.done()) {
        return false;
      }
      registering = null;
      try {
        cut(asked.future().join());
      } catch (CompletionException refused) {
        judge(refused);
      }
    }
    return region != null;
  }

  private void cut(EndpointPort.Region registered) {
    ringBytes = (int) Math.max(lengthBytes / RING_COUNT, MIN_RING_BYTES);
    int count = (int) (lengthBytes / ringBytes);
    rings = new FreeList(count);
    feedsSend = new boolean[count];
    region = registered;
  }

  private void judge(CompletionException refused) {
    MxException cause =
        refused.getCause() instanceof MxException known
            ? known
            : new MxException(ReturnCode.FAILURE, "staging memory", refused);
    if (cause.code() == ReturnCode.NO_RESOURCES && lengthBytes > MIN_BYTES) {
      lengthBytes /= 2;
    } else {
      failure = cause;
    }
  }
}
