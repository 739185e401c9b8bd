package io.myrixen.driver.guest;

/**
 * Match info of the guests' messages: what it is, in which round, from whom, which of many.
 *
 * <pre>
 *   63      56 55            40 39            24 23             0
 *  +----------+----------------+----------------+----------------+
 *  |   kind   |     round      |     sender     |     index      |
 *  +----------+----------------+----------------+----------------+
 * </pre>
 */
final class Tag {

  /** A message of the exchange. */
  static final int CONTENT = 1;

  /** "My receives are posted", or "all my messages are sent". */
  static final int MARKER = 2;

  static final int PING = 3;
  static final int PONG = 4;
  static final int STREAM = 5;
  static final int FILE = 6;

  /** A line between guests that nobody started together. */
  static final int LINE = 7;

  /** With it one receives what is of a kind, whatever else it is. */
  static final long KIND_MASK = 0xFFL << 56;

  private Tag() {}

  static long of(int kind, int round, int sender, int index) {
    return ((long) kind << 56) | ((long) round << 40) | ((long) sender << 24) | index;
  }

  /** The sender in {@code tag}. */
  static int sender(long tag) {
    return (int) (tag >>> 24) & 0xFFFF;
  }
}
