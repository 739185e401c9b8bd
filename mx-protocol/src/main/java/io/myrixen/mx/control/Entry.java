package io.myrixen.mx.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A private copy of one entry of the ring, little-endian. Everything is read from and composed in
 * the copy, so that each byte of shared memory is read or written exactly once.
 */
final class Entry {

  /** How many log2 bytes a geometry takes. */
  static final int GEOMETRY_BYTES = 6;

  private final byte[] bytes = new byte[ControlRing.ENTRY_BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

  static Entry copyOf(MemorySegment ring, long offset) {
    Entry entry = new Entry();
    MemorySegment.copy(ring, ValueLayout.JAVA_BYTE, offset, entry.bytes, 0, entry.bytes.length);
    return entry;
  }

  /** Overwrites the whole entry at {@code offset}: what this copy does not set is zero there. */
  void copyTo(MemorySegment ring, long offset) {
    MemorySegment.copy(bytes, 0, ring, ValueLayout.JAVA_BYTE, offset, bytes.length);
  }

  int u16(int offset) {
    return Short.toUnsignedInt(buffer.getShort(offset));
  }

  void u16(int offset, int value) {
    buffer.putShort(offset, (short) value);
  }

  int u32(int offset) {
    return buffer.getInt(offset);
  }

  void u32(int offset, int value) {
    buffer.putInt(offset, value);
  }

  long u64(int offset) {
    return buffer.getLong(offset);
  }

  void u64(int offset, long value) {
    buffer.putLong(offset, value);
  }

  /**
   * Returns a host name, or null if no zero ends it or it has a byte that is no printable ASCII.
   */
  @Nullable String hostname(int offset) {
    for (int i = 0; i < ControlRing.HOSTNAME_BYTES; i++) {
      byte character = bytes[offset + i];
      if (character == 0) {
        return new String(bytes, offset, i, ISO_8859_1);
      }
      if (character < ' ' || character > '~') {
        return null;
      }
    }
    return null;
  }

  void hostname(int offset, String hostname) {
    byte[] characters = hostname.getBytes(ISO_8859_1);
    System.arraycopy(characters, 0, bytes, offset, characters.length);
  }

  int[] geometryParts(int offset) {
    int[] parts = new int[GEOMETRY_BYTES];
    for (int i = 0; i < GEOMETRY_BYTES; i++) {
      parts[i] = Byte.toUnsignedInt(bytes[offset + i]);
    }
    return parts;
  }

  void geometry(int offset, WindowGeometry geometry) {
    int[] parts = GeometryLimits.parts(geometry);
    for (int i = 0; i < GEOMETRY_BYTES; i++) {
      bytes[offset + i] = (byte) parts[i];
    }
  }

  byte[] bytes(int offset, int length) {
    byte[] copy = new byte[length];
    System.arraycopy(bytes, offset, copy, 0, length);
    return copy;
  }

  void bytes(int offset, byte[] values) {
    System.arraycopy(values, 0, bytes, offset, values.length);
  }
}
