package io.myrixen.mx.memory;

import io.myrixen.mx.window.RdmaWindowEntry;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Empties a sliding sink: copies out of the ring, behind the NIC, into the user's memory, block by
 * block, and publishes how far the NIC may write. Reusable. Confined to whoever holds the endpoint.
 *
 * <pre>
 *   message  |----in user memory----|===in the ring===|---NIC may write---|--------------|
 *            0                   copied           progress            watermark       length
 * </pre>
 */
public final class StagedSink {

  private final SegmentList segments;
  private @Nullable RdmaWindowEntry entry;
  private @Nullable MemorySegment memory;
  private long ringOffset;
  private int ringBytes;
  private int stepBytes;
  private long lengthBytes;
  private long copied;
  private long progress;

  /** Will copy into {@code segments}. */
  public StagedSink(SegmentList segments) {
    this.segments = segments;
  }

  /**
   * Begins at byte 0 of the message, whose window has just been opened, and lets the NIC fill the
   * ring.
   *
   * @param entry the sliding window's entry
   * @param memory the staging region's memory
   * @param ringOffset where the ring begins in it, in bytes
   * @param ringBytes bytes of the ring, a power of two, at least 4
   * @param lengthBytes bytes to be pulled; the segments have room for them
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
    stepBytes = Math.min(ringBytes / 4, StagedSource.STEP_BYTES);
    copied = 0;
    progress = 0;
    entry.watermarkRelease(watermark());
  }

  /**
   * Copies at most one step out of the ring, if the NIC has filled that much.
   *
   * @return bytes copied; 0 if there is nothing to do now. If more, the NIC may be waiting for the
   *     room
   * @throws BadSegmentException if the user's memory is not accessible any more
   */
  public int doWork() {
    RdmaWindowEntry from = entry;
    MemorySegment ring = memory;
    if (from == null || ring == null || copied == lengthBytes) {
      return 0;
    }
    int step = (int) Math.min(stepBytes, lengthBytes - copied);
    if (progress - copied < step) {
      // Acquire: pairs with the NIC's release of the bytes below its progress.
      progress = Progress.judged(from.progressAcquire(), progress, watermark());
      if (progress - copied < step) {
        return 0;
      }
    }
    segments.scatter(ring, ringOffset + (copied & (ringBytes - 1)), copied, step);
    copied += step;
    // Release: the NIC that sees the room writes after we have read.
    from.watermarkRelease(watermark());
    return step;
  }

  /** Whether the whole message lies in the user's memory. */
  public boolean done() {
    return copied == lengthBytes;
  }

  /** Bytes of the message that lie in the user's memory. */
  public long copiedBytes() {
    return copied;
  }

  /** Lets go of window and ring. */
  public void stop() {
    entry = null;
    memory = null;
    lengthBytes = copied;
  }

  private long watermark() {
    return Math.min(copied + ringBytes, lengthBytes);
  }
}
