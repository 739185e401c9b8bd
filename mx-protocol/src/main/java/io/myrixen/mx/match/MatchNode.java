package io.myrixen.mx.match;

import org.jspecify.annotations.Nullable;

/**
 * What can stand in one of this package's queues: a request or an unexpected message extends it.
 * The links are in here, so that queueing allocates nothing; a node stands in one queue at a time.
 * Confined to whoever holds the endpoint.
 */
public abstract class MatchNode {

  /** A mask that leaves no bit open. */
  public static final long EXACT = -1L;

  long matchInfo;
  long matchMask = EXACT;

  /** Position among all that were ever added to the queue it stands in. */
  long sequence;

  /** Spread key, kept so that the table can move a chain without hashing it again. */
  int hash;

  /** The queue it stands in. */
  @Nullable Object queue;

  @Nullable MatchNode older;
  @Nullable MatchNode newer;
  @Nullable MatchNode chainPrevious;
  @Nullable MatchNode chainNext;

  /** The last one of the chain; meaningful in the chain's first node alone. */
  @Nullable MatchNode chainLast;

  /** Its mask's place in {@link ContextReceives}; meaningful while posted with an open mask. */
  @Nullable MaskCount maskCount;

  /** Makes a node that stands in no queue and matches info 0 exactly. */
  protected MatchNode() {}

  /**
   * Sets what it matches, or the info it bears.
   *
   * @param info a receive's match info; a message's info with {@link #EXACT}
   * @param mask the bits of a message's info that a receive looks at; {@code info} has none outside
   * @throws IllegalStateException if it stands in a queue
   */
  public final void match(long info, long mask) {
    if (queue != null) {
      throw new IllegalStateException("a queued node keeps its match info: " + this);
    }
    matchInfo = info;
    matchMask = mask;
  }

  /** A receive's match info while posted, else the info that the message bears. */
  public final long matchInfo() {
    return matchInfo;
  }

  /** Which bits of a message's info a posted receive looks at. */
  public final long matchMask() {
    return matchMask;
  }

  /** Whether it stands in a queue. */
  public final boolean queued() {
    return queue != null;
  }
}
