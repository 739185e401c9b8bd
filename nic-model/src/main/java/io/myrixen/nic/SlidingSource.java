package io.myrixen.nic;

import io.myrixen.mx.window.RdmaWindowEntry;
import org.jspecify.annotations.Nullable;

/**
 * A staged window of one id, while a peer pulls from it: what of the message its ring holds, and
 * where it has been sought to. Half of the ring lies behind what was sent, for frames that get lost
 * on the way; what is asked for beyond that is fetched by a seek.
 *
 * <pre>
 *   message  |------|==sent, still there==|==to be sent==|------|
 *            0   progress               front        watermark  length
 * </pre>
 */
final class SlidingSource {

  /** What can be said of some bytes of the message. */
  enum Holding {
    /** They are in the ring. */
    THERE,
    /** The VM will put them there, in the order of the message. */
    COMING,
    /** They are in the ring no more, or so far ahead that they only come if it is sought. */
    ELSEWHERE,
    /** The window was closed, or its VM broke its rules. */
    GONE
  }

  private static final int EPOCH_MASK = 0xFF_FFFF;

  /** The window, as it was when the first request came, or when it got its memory. */
  Pull.Side side = new Pull.Side();

  private @Nullable RemoteBoard peer;
  private int handle;
  private int magic;
  private int epoch;
  private boolean seeking;
  private long progress;
  private long front;

  /** The pass of the replier that has met a request for it. */
  int metInPass;

  /** Requests for it that wait or are being served. */
  int requestCount;

  /** Begins with {@link #side}, which has just been opened, for the one pull that it serves. */
  void bind(RemoteBoard from, int itsHandle, int itsMagic) {
    peer = from;
    handle = itsHandle;
    magic = itsMagic;
    epoch = 0;
    seeking = false;
    progress = 0;
    front = 0;
  }

  /** Serves nobody any more, and keeps nothing. */
  void unbind() {
    peer = null;
    side.clear();
  }

  boolean isBound() {
    return peer != null;
  }

  /** Whether a request is of the one pull that this window serves. */
  boolean isPulledBy(RemoteBoard from, int itsHandle, int itsMagic) {
    RemoteBoard puller = peer;
    return puller != null
        && puller.nicId() == from.nicId()
        && handle == itsHandle
        && magic == itsMagic;
  }

  int generation() {
    return side.entry.generation;
  }

  /** Whether the window is still there, with or without its memory. */
  boolean isOpen() {
    return WindowJudge.back(side) != WindowJudge.Backing.GONE && side.stillOpen();
  }

  /** Looks where the {@code count} bytes from {@code position} on are. */
  Holding holding(long position, int count, FaultSink faults) {
    switch (WindowJudge.back(side)) {
      case GONE -> {
        return Holding.GONE;
      }
      case AWAITED -> {
        return Holding.COMING;
      }
      case THERE -> {}
    }
    if (!side.stillOpen()) {
      return Holding.GONE;
    }
    if (!side.sliding()) {
      return Holding.THERE; // It was announced, and became all of a region.
    }
    // Acquire: pairs with watermarkRelease; the bytes below are written.
    long claimed = side.window().watermarkAcquire();
    if (RdmaWindowEntry.epochOf(claimed) != epoch) {
      return Holding.COMING; // The seek has not been answered yet.
    }
    seeking = false;
    long watermark = RdmaWindowEntry.watermarkOf(claimed);
    if (watermark < side.watermark
        || watermark > side.entry.messageLength
        || watermark > progress + side.entry.ringBytes) {
      faults.fault(side.endpoint(), "watermark", watermark);
      return Holding.GONE;
    }
    side.watermark = watermark;
    if (position < progress) {
      return Holding.ELSEWHERE;
    }
    if (position + count <= watermark) {
      return Holding.THERE;
    }
    return position + count <= reach() ? Holding.COMING : Holding.ELSEWHERE;
  }

  /** Whether {@link #holding} would not say that the bytes are coming. */
  boolean stirs(long position, int count) {
    if (!side.stillOpen()) {
      return true; // Closed, or backed.
    }
    if (!side.backed()) {
      return false;
    }
    long claimed = side.window().watermarkAcquire();
    return !side.sliding()
        || (RdmaWindowEntry.epochOf(claimed) == epoch
            && (position < progress
                || position + count <= RdmaWindowEntry.watermarkOf(claimed)
                || position + count > reach()));
  }

  /** Up to where the VM fills the ring on its own: a quarter may stay empty, its step. */
  private long reach() {
    return progress + side.entry.ringBytes / 4 * 3;
  }

  /**
   * Has the VM fill the ring from {@code position} on, unless it has been asked for another part.
   */
  boolean seek(long position) {
    if (seeking) {
      return false;
    }
    seeking = true;
    epoch = (epoch + 1) & EPOCH_MASK;
    progress = position;
    front = position;
    side.watermark = 0;
    side.window().progressRelease(position);
    side.window().seekRelease(epoch, position);
    return true;
  }

  /**
   * Bytes below {@code end} have been sent, in frames of {@code frameBytes} at most.
   *
   * @return whether the VM may overwrite more than before
   */
  boolean sent(long end, int frameBytes) {
    front = Math.max(front, end);
    long ring = side.entry.ringBytes;
    long kept = Math.max(0, Math.min(ring / 2, ring / 4 * 3 - frameBytes));
    if (!side.sliding() || front - kept <= progress) {
      return false;
    }
    progress = front - kept;
    side.window().progressRelease(progress);
    return true;
  }

  boolean touches(@Nullable Region region) {
    return side.backed() && side.region() == region;
  }
}
