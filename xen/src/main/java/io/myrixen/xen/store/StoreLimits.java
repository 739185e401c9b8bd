package io.myrixen.xen.store;

/**
 * What one unprivileged domain may take of the store, over all its connections. Privileged
 * connections are bound by the lengths of payload and path only.
 *
 * @param nodes nodes it may own
 * @param watches watches it may have set
 * @param transactions transactions it may have open
 * @param nodeBytes a node with its permissions, value and names of children is shorter than this
 * @param permissions entries in the permissions of one node
 * @param transactionNodes nodes that one transaction may look at
 */
public record StoreLimits(
    int nodes,
    int watches,
    int transactions,
    int nodeBytes,
    int permissions,
    int transactionNodes) {

  /** xenstored's own defaults, so that a driver that fits there fits here and the other way. */
  public static final StoreLimits DEFAULT = new StoreLimits(1000, 128, 10, 2048, 5, 1024);

  /** Checks that each is at least 1. */
  public StoreLimits {
    requirePositive("nodes", nodes);
    requirePositive("watches", watches);
    requirePositive("transactions", transactions);
    requirePositive("nodeBytes", nodeBytes);
    requirePositive("permissions", permissions);
    requirePositive("transactionNodes", transactionNodes);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + value);
    }
  }
}
