package io.myrixen.xen;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a node's permissions. In the first entry {@code domid} owns the node and {@code
 * access} is what all domains not listed may do; in every other one it is what that domain may do.
 */
public record StorePermission(int domid, Access access) {

  /** Checks {@code domid}: 0 to 65535. */
  public StorePermission {
    if (domid < 0 || domid > 0xFFFF) {
      throw new IllegalArgumentException("domid must be 0 to 65535: " + domid);
    }
  }

  /**
   * Reads what {@link #text} writes: a letter and a decimal domid.
   *
   * @throws IllegalArgumentException naming {@code text} if it is anything else
   */
  public static StorePermission parse(String text) {
    Access access = text.isEmpty() ? null : Access.of(text.charAt(0));
    if (access == null || !text.substring(1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "a permission is one of n, r, w, b and a domid, such as r3: " + text);
    }
    return new StorePermission(Integer.parseInt(text.substring(1)), access);
  }

  /** This entry as Xen writes it, such as {@code r3}. */
  public String text() {
    return access.letter() + Integer.toString(domid);
  }

  /** What may be done with a node, with its letter on the wire. */
  public enum Access {
    NONE('n'),
    READ('r'),
    WRITE('w'),
    BOTH('b');

    private final char letter;

    Access(char letter) {
      this.letter = letter;
    }

    /** Returns the one with that letter, or null. */
    public static @Nullable Access of(char letter) {
      for (Access access : values()) {
        if (access.letter == letter) {
          return access;
        }
      }
      return null;
    }

    /** The letter on the wire. */
    public char letter() {
      return letter;
    }
  }
}
