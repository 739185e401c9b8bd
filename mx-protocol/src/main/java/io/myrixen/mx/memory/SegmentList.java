package io.myrixen.mx.memory;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments that make one message, seen as one run of bytes. Reusable: holds no memory once
 * {@link #clear}ed, and allocates only when it first sees that many segments. Confined to whoever
 * holds the endpoint.
 *
 * <p>Both copies remember where the last one ended, so that going through a message from its
 * beginning to its end never searches.
 */
public final class SegmentList {

  /** MX_MAX_SEGMENTS. */
  public static final int MAX_SEGMENTS = 256;

  /** MX counts a message's bytes in 32 bits. */
  public static final long MAX_LENGTH_BYTES = 0xFFFF_FFFFL;

  /** Never started: a segment that it may not access is confined to some thread. */
  private static final Thread ANY_OTHER_THREAD = Thread.ofVirtual().unstarted(() -> {});

  private static final MemorySegment EMPTY = MemorySegment.ofArray(new byte[0]);

  private MemorySegment[] segments = {EMPTY};

  /** Where segment i begins in the message, in bytes; one more for the end. */
  private long[] starts = new long[2];

  private int count;

  /** Index of the segment in which the last copy ended. */
  private int cursor;

  /** Makes it empty. */
  public SegmentList() {}

  /**
   * Takes one segment.
   *
   * @param writable whether a message is to be received into it
   * @throws MxException {@code BAD_SEG_LIST}, {@code BAD_SEG_MEM}; then the list is empty
   */
  public void set(@Nullable MemorySegment segment, boolean writable) {
    clear();
    add(segment, writable);
  }

  /**
   * Takes the elements of {@code from}, in order. Segments may be of length 0, and there may be
   * none.
   *
   * @param writable whether a message is to be received into them
   * @throws MxException {@code BAD_SEG_CNT} beyond 256, {@code BAD_SEG_LIST} for null or for more
   *     than 4 GiB - 1 in all, {@code BAD_SEG_MEM} for a segment that cannot be used, naming its
   *     index; then the list is empty
   */
  public void set(@Nullable List<? extends @Nullable MemorySegment> from, boolean writable) {
    clear();
    if (from == null) {
      throw new MxException(ReturnCode.BAD_SEG_LIST, "no segment list");
    }
    int size = from.size();
    if (size > MAX_SEGMENTS) {
      throw new MxException(
          ReturnCode.BAD_SEG_CNT,
          "segment count must be 0 to %d: %d".formatted(MAX_SEGMENTS, size));
    }
    for (int i = 0; i < size; i++) {
      add(from.get(i), writable);
    }
  }

  /** Lets go of every segment. */
  public void clear() {
    Arrays.fill(segments, 0, count, EMPTY);
    count = 0;
    cursor = 0;
    starts[0] = 0;
  }

  /** How many segments there are. */
  public int count() {
    return count;
  }

  /** Bytes in all, 0 to 4 GiB - 1. */
  public long lengthBytes() {
    return starts[count];
  }

  /** Returns segment {@code index}. */
  public MemorySegment segment(int index) {
    if (index >= count) {
      throw new IndexOutOfBoundsException("segment %d of %d".formatted(index, count));
    }
    return segments[index];
  }

  /**
   * Copies {@code byteCount} bytes of the message, from its byte {@code messageOffset} on, to
   * {@code target}.
   *
   * @throws BadSegmentException if one of the user's segments is not accessible any more; bytes
   *     before it have been copied
   */
  public void gather(long messageOffset, MemorySegment target, long targetOffset, long byteCount) {
    checkRange(messageOffset, byteCount);
    long done = 0;
    while (done < byteCount) {
      int index = seek(messageOffset + done);
      long within = messageOffset + done - starts[index];
      long step = Math.min(byteCount - done, starts[index + 1] - starts[index] - within);
      MemorySegment segment = segments[index];
      try {
        MemorySegment.copy(segment, within, target, targetOffset + done, step);
      } catch (IllegalStateException | WrongThreadException refused) {
        throw blame(index, refused);
      }
      done += step;
    }
  }

  /**
   * Copies {@code byteCount} bytes of {@code source} into the message's segments, from the
   * message's byte {@code messageOffset} on.
   *
   * @throws BadSegmentException if one of the user's segments is not accessible any more; bytes
   *     before it have been copied
   */
  public void scatter(MemorySegment source, long sourceOffset, long messageOffset, long byteCount) {
    checkRange(messageOffset, byteCount);
    long done = 0;
    while (done < byteCount) {
      int index = seek(messageOffset + done);
      long within = messageOffset + done - starts[index];
      long step = Math.min(byteCount - done, starts[index + 1] - starts[index] - within);
      MemorySegment segment = segments[index];
      try {
        MemorySegment.copy(source, sourceOffset + done, segment, within, step);
      } catch (IllegalStateException | WrongThreadException refused) {
        throw blame(index, refused);
      }
      done += step;
    }
  }

  private void add(@Nullable MemorySegment segment, boolean writable) {
    int index = count;
    if (segment == null) {
      clear();
      throw new MxException(ReturnCode.BAD_SEG_LIST, "segment %d is null".formatted(index));
    }
    String fault = faultOf(segment, writable);
    if (fault != null) {
      clear();
      throw new MxException(ReturnCode.BAD_SEG_MEM, "segment %d %s".formatted(index, fault));
    }
    long start = starts[index];
    if (segment.byteSize() > MAX_LENGTH_BYTES - start) {
      clear();
      throw new MxException(
          ReturnCode.BAD_SEG_LIST,
          "a message has at most %d bytes: segment %d of %d bytes comes after %d"
              .formatted(MAX_LENGTH_BYTES, index, segment.byteSize(), start));
    }
    if (index == segments.length) {
      int capacity = Math.min(MAX_SEGMENTS, 4 * index);
      segments = Arrays.copyOf(segments, capacity);
      starts = Arrays.copyOf(starts, capacity + 1);
    }
    segments[index] = segment;
    starts[index + 1] = start + segment.byteSize();
    count = index + 1;
  }

  private static @Nullable String faultOf(MemorySegment segment, boolean writable) {
    if (!segment.scope().isAlive()) {
      return "lies in an arena that has been closed";
    }
    if (!segment.isAccessibleBy(ANY_OTHER_THREAD)) {
      // Progress may be made by the driver's thread as well as by the caller's.
      return "is confined to one thread: use a shared, automatic or global arena, or heap memory";
    }
    return writable && segment.isReadOnly() ? "is read-only, and cannot be received into" : null;
  }

  private void checkRange(long messageOffset, long byteCount) {
    if (messageOffset < 0 || byteCount < 0 || byteCount > starts[count] - messageOffset) {
      throw new IndexOutOfBoundsException(
          "bytes %d + %d of a message of %d".formatted(messageOffset, byteCount, starts[count]));
    }
  }

  /** Returns the segment in which byte {@code messageOffset} lies, which is below the length. */
  private int seek(long messageOffset) {
    int index = cursor;
    while (messageOffset < starts[index]) {
      index--;
    }
    while (messageOffset >= starts[index + 1]) {
      index++;
    }
    cursor = index;
    return index;
  }

  /** Tells the user's closed arena from a fault of ours, such as a window that is gone. */
  private RuntimeException blame(int index, RuntimeException refused) {
    MemorySegment segment = segments[index];
    boolean accessible =
        segment.scope().isAlive() && segment.isAccessibleBy(Thread.currentThread());
    return accessible ? refused : new BadSegmentException(index, refused);
  }
}
