package io.myrixen.mx.memory;

import io.myrixen.mx.board.EndpointPort;
import java.util.Arrays;

/**
 * One registered region and which parts of it are free. Free parts are kept sorted and merged, and
 * the first that is large enough is taken.
 */
final class Slab {

  /** A cache line: two users of one slab never write the same line. */
  static final int ALIGNMENT_BYTES = 64;

  final EndpointPort.Region region;
  final long address;
  final long lengthBytes;
  private final long usableBytes;
  private long[] freeOffsets = new long[8];
  private long[] freeLengths = new long[8];
  private int freeCount = 1;
  private long freeBytes;

  Slab(EndpointPort.Region region) {
    this.region = region;
    address = region.memory().address();
    lengthBytes = region.memory().byteSize();
    usableBytes = lengthBytes & -ALIGNMENT_BYTES;
    freeLengths[0] = usableBytes;
    freeBytes = usableBytes;
  }

  static long rounded(long bytes) {
    return Math.max(bytes + ALIGNMENT_BYTES - 1 & -ALIGNMENT_BYTES, ALIGNMENT_BYTES);
  }

  /** Returns the offset of {@code rounded} bytes that are the caller's now, or -1. */
  long take(long rounded) {
    for (int i = 0; i < freeCount; i++) {
      if (freeLengths[i] >= rounded) {
        long offset = freeOffsets[i];
        freeOffsets[i] += rounded;
        freeLengths[i] -= rounded;
        freeBytes -= rounded;
        if (freeLengths[i] == 0) {
          removeFree(i);
        }
        return offset;
      }
    }
    return -1;
  }

  /** Makes free what {@link #take} gave. */
  void give(long offset, long rounded) {
    int at = 0;
    while (at < freeCount && freeOffsets[at] < offset) {
      at++;
    }
    freeBytes += rounded;
    boolean joinsNext = at < freeCount && offset + rounded == freeOffsets[at];
    if (at > 0 && freeOffsets[at - 1] + freeLengths[at - 1] == offset) {
      freeLengths[at - 1] += rounded;
      if (joinsNext) {
        freeLengths[at - 1] += freeLengths[at];
        removeFree(at);
      }
    } else if (joinsNext) {
      freeOffsets[at] = offset;
      freeLengths[at] += rounded;
    } else {
      insertFree(at, offset, rounded);
    }
  }

  /** Takes all of it, for one owner. */
  void takeWhole() {
    freeCount = 0;
    freeBytes = 0;
  }

  boolean unused() {
    return freeBytes == usableBytes;
  }

  private void insertFree(int at, long offset, long length) {
    if (freeCount == freeOffsets.length) {
      freeOffsets = Arrays.copyOf(freeOffsets, 2 * freeCount);
      freeLengths = Arrays.copyOf(freeLengths, 2 * freeCount);
    }
    System.arraycopy(freeOffsets, at, freeOffsets, at + 1, freeCount - at);
    System.arraycopy(freeLengths, at, freeLengths, at + 1, freeCount - at);
    freeOffsets[at] = offset;
    freeLengths[at] = length;
    freeCount++;
  }

  private void removeFree(int at) {
    freeCount--;
    System.arraycopy(freeOffsets, at + 1, freeOffsets, at, freeCount - at);
    System.arraycopy(freeLengths, at + 1, freeLengths, at, freeCount - at);
  }
}
