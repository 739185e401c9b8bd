package io.myrixen.mx.memory;

import io.myrixen.mx.window.RdmaWindowEntry;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a sliding source: copies the user's memory into the ring ahead of the NIC, block by block,
 * and publishes how far it has come. Reusable. Confined to whoever holds the endpoint.
 *
 * <pre>
 *   message  |-----moved by the NIC-----|===in the ring===|----not copied yet----|
 *            0                       progress         watermark               length
 * </pre>
 */
public final class StagedSource {

  /** What one {@link #doWork} copies at most: 64 KiB take some 10 microseconds. */
  static final int STEP_BYTES = 64 * 1024;

  private final SegmentList segments;
  private @Nullable RdmaWindowEntry entry;
  private @Nullable MemorySegment memory;
  private long ringOffset;
  private int ringBytes;
  private int stepBytes;
  private long lengthBytes;
  private long watermark;
  private long progress;

  /** The last seek that was answered. */
  private int epoch;

  /** Will feed from {@code segments}. */
  public StagedSource(SegmentList segments) {
    this.segments = segments;
  }

  /**
   * Begins at byte 0 of the message, whose window has just been opened.
   *
   * @param entry the sliding window's entry
   * @param memory the staging region's memory
   * @param ringOffset where the ring begins in it, in bytes
   * @param ringBytes bytes of the ring, a power of two, at least 4
   * @param lengthBytes bytes of the message to feed
   */
  public void start(
      RdmaWindowEntry entry,
      MemorySegment memory,
      long ringOffset,
      int ringBytes,
      long lengthBytes) {
    this.entry = entry;
    this.memory = memory;
    this.ringOffset = ringOffset;
    this.ringBytes = ringBytes;
    this.lengthBytes = lengthBytes;
    // Quarters: while the NIC empties one, another is filled. Powers of two never straddle the end.
    stepBytes = Math.min(ringBytes / 4, STEP_BYTES);
    watermark = 0;
    progress = 0;
    epoch = 0;
  }

  /**
   * Goes back, or on, if the NIC asks for another part of the message than the ring holds.
   *
   * @return whether it did, so that there is something to copy
   */
  public boolean sought() {
    RdmaWindowEntry from = entry;
    if (from == null || from.seekEpochAcquire() == epoch) {
      return false;
    }
    epoch = from.seekEpochAcquire();
    long position = Math.clamp(from.seekPosition(), 0, lengthBytes);
    watermark = position - position % stepBytes; // Whole steps never straddle the ring's end.
    progress = watermark;
    from.watermarkRelease(epoch, watermark);
    return true;
  }

  /**
   * Copies at most one step into the ring, if the NIC has left room for it.
   *
   * @return bytes copied; 0 if there is nothing to do now. If more, the NIC may be waiting for them
   * @throws BadSegmentException if the user's memory is not accessible any more
   */
  public int doWork() {
    RdmaWindowEntry to = entry;
    MemorySegment ring = memory;
    if (to == null || ring == null || watermark == lengthBytes) {
      return 0;
    }
    int step = (int) Math.min(stepBytes, lengthBytes - watermark);
    if (watermark + step - progress > ringBytes) {
      progress = Progress.judged(to.progressAcquire(), progress, watermark);
      if (watermark + step - progress > ringBytes) {
        return 0;
      }
    }
    segments.gather(watermark, ring, ringOffset + (watermark & (ringBytes - 1)), step);
    watermark += step;
    // Release: the NIC that sees the watermark sees the bytes.
    to.watermarkRelease(epoch, watermark);
    return step;
  }

  /** Whether all has been copied, so that {@link #doWork} has nothing left to do. */
  public boolean done() {
    return watermark == lengthBytes;
  }

  /** Lets go of window and ring. */
  public void stop() {
    entry = null;
    memory = null;
    lengthBytes = 0;
    watermark = 0;
  }
}
