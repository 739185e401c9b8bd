package io.myrixen.mx.wire;

import java.util.Arrays;
import java.util.HexFormat;

/** The bytes that a packet carries; compared by content, and shown as their beginning. */
public final class Payload {

  /** What people are shown: enough to tell payloads apart, short enough for a line. */
  private static final int SHOWN_BYTES = 16;

  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of {@code bytes}. */
  public static Payload of(byte... bytes) {
    return new Payload(bytes.clone());
  }

  /** How many bytes there are. */
  public int length() {
    return bytes.length;
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload payload && Arrays.equals(bytes, payload.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    String shown = HexFormat.of().formatHex(bytes, 0, Math.min(SHOWN_BYTES, bytes.length));
    return "%d bytes %s%s".formatted(bytes.length, shown, bytes.length > SHOWN_BYTES ? ".." : "");
  }
}
