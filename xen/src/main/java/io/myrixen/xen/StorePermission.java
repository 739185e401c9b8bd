package io.myrixen.xen;

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

    /** The letter on the wire. */
    public char letter() {
      return letter;
    }
  }
}
