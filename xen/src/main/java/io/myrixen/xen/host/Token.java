package io.myrixen.xen.host;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret by which a process shows that it is a domain. Never printed by accident. */
public final class Token {

  private final byte[] bytes;

  private Token(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Makes one that nobody can guess. */
  public static Token random() {
    var bytes = new byte[DomainFrame.TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(bytes);
  }

  /**
   * Reads one as {@link #hex} writes it.
   *
   * @throws XenException with {@code BAD_REQUEST} if it is none; the text stays out of the message
   */
  public static Token parse(String hex) {
    byte[] bytes;
    try {
      bytes = HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException _) {
      bytes = new byte[0];
    }
    if (bytes.length != DomainFrame.TOKEN_BYTES) {
      throw new XenException(
          Reason.BAD_REQUEST,
          "a token has " + 2 * DomainFrame.TOKEN_BYTES + " hex digits, this text has not");
    }
    return new Token(bytes);
  }

  static Token read(ByteBuffer from) {
    var bytes = new byte[DomainFrame.TOKEN_BYTES];
    from.get(bytes);
    return new Token(bytes);
  }

  void write(ByteBuffer to) {
    to.put(bytes);
  }

  /** Its 64 hex digits, for the domain that it belongs to. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** Whether both are the same secret; takes as long for a near miss as for a far one. */
  public boolean matches(Token other) {
    return MessageDigest.isEqual(bytes, other.bytes);
  }
}
