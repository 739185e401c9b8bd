package io.myrixen.xen.store;

/**
 * Decimal numbers in requests. As in xenstored the leading digits count, and what follows is
 * ignored.
 */
final class Numbers {

  private static final int MAX_DOMID = 0xFFFF;

  private Numbers() {}

  static int domid(String text) {
    return upTo(MAX_DOMID, text);
  }

  /** A number from 0 up: an offset, a port. */
  static int number(String text) {
    return upTo(Integer.MAX_VALUE, text);
  }

  private static int upTo(int max, String text) {
    long value = 0;
    int at = 0;
    while (at < text.length() && Paths.digit(text.charAt(at))) {
      value = value * 10 + (text.charAt(at) - '0');
      at++;
      if (value > max) {
        throw XsError.EINVAL.refusal();
      }
    }
    if (at == 0) {
      throw XsError.EINVAL.refusal();
    }
    return (int) value;
  }
}
