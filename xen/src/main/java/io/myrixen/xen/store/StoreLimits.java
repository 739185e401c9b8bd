package io.myrixen.xen.store;

/**
 * How much one unprivileged domain may take of the store, over all its connections; or, with {@link
 * #TOOLSTACK}, one privileged connection. Whoever wants more is answered with an error and named in
 * the log together with the quota; {@code outstanding} makes its requests wait instead.
 *
 * @param nodes nodes it may own
 * @param watches watches it may have set
 * @param transactions transactions it may have open
 * @param nodeBytes a node with its permissions, value and names of children is shorter than this
 * @param permissions entries in the permissions of one node
 * @param transactionNodes nodes that one transaction may look at
 * @param outstanding answers and events that one connection has not read, from which on none of its
 *     requests is handled
 */
public record StoreLimits(
    int nodes,
    int watches,
    int transactions,
    int nodeBytes,
    int permissions,
    int transactionNodes,
    int outstanding) {

  /** xenstored's own defaults, so that a driver that fits there fits here and the other way. */
  public static final StoreLimits DEFAULT = new StoreLimits(1000, 128, 10, 2048, 5, 1024, 20);

  /**
   * What a privileged connection may hold. The nodes it writes are the toolstack's own business, as
   * in xenstored; what goes with the connection is bounded, so that a client that has run wild
   * cannot fill the store's memory. 8,192 watches are some for each of a thousand domains, 64
   * transactions more than any tool opens, and 262,144 nodes a whole large store in one
   * transaction. 1,024 answers are twice what tools were seen to pipeline.
   */
  public static final StoreLimits TOOLSTACK =
      new StoreLimits(
          Integer.MAX_VALUE, 1 << 13, 1 << 6, Integer.MAX_VALUE, Integer.MAX_VALUE, 1 << 18, 1024);

  /** Checks that each is at least 1. */
  public StoreLimits {
    requirePositive("nodes", nodes);
    requirePositive("watches", watches);
    requirePositive("transactions", transactions);
    requirePositive("nodeBytes", nodeBytes);
    requirePositive("permissions", permissions);
    requirePositive("transactionNodes", transactionNodes);
    requirePositive("outstanding", outstanding);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + value);
    }
  }
}
