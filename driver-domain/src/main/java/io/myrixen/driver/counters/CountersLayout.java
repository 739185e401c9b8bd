package io.myrixen.driver.counters;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Where things lie in a counters file.
 *
 * <pre>
 *    0        8          16         20         64                        1 MiB
 *   +--------+----------+----------+----------+-------------------------+
 *   | magic  | version  | length   | reserved | text: "name value\n"... |
 *   +--------+----------+----------+----------+-------------------------+
 * </pre>
 *
 * <p>Native byte order: the file never leaves its host. {@code version} is odd while the text
 * changes, and grows with each publication, also of unchanged text: a reader who sees it grow twice
 * knows that what he then reads is younger than his question. The text is readable to people too.
 */
final class CountersLayout {

  /** "MXCNTRS1" in ASCII, on a little-endian host. */
  static final long MAGIC = 0x31535254_4E43584DL;

  static final long MAGIC_OFFSET = 0;
  static final long VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
  static final long LENGTH_OFFSET = VERSION_OFFSET + Long.BYTES;
  static final long TEXT_OFFSET = 64;

  /**
   * A megabyte: two thousand endpoints at ten lines of fifty bytes each. Sparse, so it costs what
   * is used.
   */
  static final long FILE_BYTES = 1L << 20;

  private static final VarHandle LONG = JAVA_LONG.varHandle();

  private CountersLayout() {}

  static long versionAcquire(MemorySegment file) {
    return (long) LONG.getAcquire(file, VERSION_OFFSET);
  }

  static void versionRelease(MemorySegment file, long version) {
    LONG.setRelease(file, VERSION_OFFSET, version);
  }

  static int length(MemorySegment file) {
    return file.get(JAVA_INT, LENGTH_OFFSET);
  }

  static void text(MemorySegment file, byte[] text) {
    file.set(JAVA_INT, LENGTH_OFFSET, text.length);
    MemorySegment.copy(text, 0, file, JAVA_BYTE, TEXT_OFFSET, text.length);
  }
}
