package io.myrixen.simulation.oracle;

/**
 * Match infos that tell messages apart.
 *
 * <pre>
 *   63       56 55       48 47                   32 31                                       0
 *  +-----------+-----------+-----------------------+-----------------------------------------+
 *  |    tag    |  sender   |         zero          |            message's number             |
 *  +-----------+-----------+-----------------------+-----------------------------------------+
 * </pre>
 */
public final class MatchInfo {

  /** Bits of the tag. */
  public static final long TAG_MASK = 0xFFL << 56;

  /** Bits of the sender. */
  public static final long SENDER_MASK = 0xFFL << 48;

  private MatchInfo() {}

  /** The info of message {@code id}; tag and sender are a byte each. */
  public static long of(int tag, int sender, int id) {
    return (long) tag << 56 | (long) sender << 48 | id;
  }

  static int messageOf(long info) {
    return (int) info;
  }
}
