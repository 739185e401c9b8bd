package io.myrixen.xen.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.myrixen.xen.GrantTable;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * Pages of one or several files, mapped one after the other into one range of addresses. Use after
 * {@link #close} throws: the range belongs to an arena, which unmaps it when closed.
 */
public final class PageRange implements AutoCloseable {

  private static final MethodHandle MMAP =
      Native.link(
          "mmap",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle MUNMAP =
      Native.link("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));

  private static final int PROT_NONE = 0;
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 0x01;
  private static final int MAP_PRIVATE = 0x02;
  private static final int MAP_FIXED = 0x10;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MAP_NORESERVE = 0x4000;
  private static final long MAP_FAILED = -1;
  private static final int NO_FILE = -1;

  private final Arena arena;
  private final MemorySegment memory;
  private final int pieceCount;

  private PageRange(long address, long lengthBytes, int pieceCount, boolean writable) {
    this.pieceCount = pieceCount;
    arena = Arena.ofShared();
    MemorySegment mapped =
        MemorySegment.ofAddress(address).reinterpret(lengthBytes, arena, PageRange::unmap);
    memory = writable ? mapped : mapped.asReadOnly();
  }

  /** Consecutive pages of one file. The descriptor is used only while mapping. */
  public record Piece(Descriptor file, long firstPage, int pageCount) {

    /** Checks that the numbers are not negative and that there is a page. */
    public Piece {
      if (firstPage < 0 || pageCount < 1) {
        throw new IllegalArgumentException("no pages: first=" + firstPage + " count=" + pageCount);
      }
    }

    long lengthBytes() {
      return (long) pageCount * GrantTable.PAGE_BYTES;
    }
  }

  /**
   * Maps {@code pieces}, all of them or none.
   *
   * @throws XenException with {@code SYSTEM} or {@code NO_SPACE} if the system refuses
   */
  public static PageRange map(List<Piece> pieces, boolean writable) {
    int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    if (pieces.size() == 1) {
      Piece piece = pieces.getFirst();
      long address = mapPiece(0, piece, protection, MAP_SHARED);
      return new PageRange(address, piece.lengthBytes(), 1, writable);
    }
    long lengthBytes = 0;
    for (Piece piece : pieces) {
      lengthBytes += piece.lengthBytes();
    }
    // Reserve the whole range first, so that fixed mappings can only ever replace our own pages.
    int reserving = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    long base = mmap(0, lengthBytes, PROT_NONE, reserving, NO_FILE, 0);
    long address = base;
    try {
      for (Piece piece : pieces) {
        mapPiece(address, piece, protection, MAP_SHARED | MAP_FIXED);
        address += piece.lengthBytes();
      }
    } catch (XenException e) {
      unmap(MemorySegment.ofAddress(base).reinterpret(lengthBytes));
      throw e;
    }
    return new PageRange(base, lengthBytes, pieces.size(), writable);
  }

  private static long mapPiece(long address, Piece piece, int protection, int flags) {
    long offsetBytes = piece.firstPage() * GrantTable.PAGE_BYTES;
    if (!piece.file().hold()) {
      throw new XenException(Reason.BAD_REFERENCE, "the pages to map are given back");
    }
    try {
      int number = piece.file().number();
      return mmap(address, piece.lengthBytes(), protection, flags, number, offsetBytes);
    } finally {
      piece.file().letGo();
    }
  }

  private static long mmap(
      long address, long lengthBytes, int protection, int flags, int number, long offsetBytes) {
    MemorySegment callState = Native.callState();
    try {
      long mapped =
          (long)
              MMAP.invokeExact(
                  callState, address, lengthBytes, protection, flags, number, offsetBytes);
      if (mapped == MAP_FAILED) {
        throw Native.failure("mmap of " + lengthBytes, callState);
      }
      return mapped;
    } catch (XenException e) {
      throw e;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }

  private static void unmap(MemorySegment memory) {
    MemorySegment callState = Native.callState();
    try {
      if ((int) MUNMAP.invokeExact(callState, memory, memory.byteSize()) < 0) {
        throw Native.failure("munmap", callState);
      }
    } catch (XenException e) {
      throw e;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }

  /** The pages, in order. */
  public MemorySegment memory() {
    return memory;
  }

  /** How many pieces it was mapped of. */
  public int pieceCount() {
    return pieceCount;
  }

  /** Whether {@link #close} was called. */
  public boolean closed() {
    return !arena.scope().isAlive();
  }

  /** Unmaps. The caller sees to it that this happens once. */
  @Override
  public void close() {
    arena.close();
  }
}
