package io.myrixen.xen.store;

/** A quota of {@link StoreLimits}: its name in the log, and the error of who is past it. */
enum Quota {
  NODES("nodes", XsError.ENOSPC),
  WATCHES("watches", XsError.E2BIG),
  TRANSACTIONS("transactions", XsError.ENOSPC),
  NODE_BYTES("node bytes", XsError.ENOSPC),
  PERMISSIONS("permissions", XsError.ENOSPC),
  TRANSACTION_NODES("transaction nodes", XsError.ENOSPC);

  private final String shown;
  private final XsError error;

  Quota(String shown, XsError error) {
    this.shown = shown;
    this.error = error;
  }

  /** Refuses {@code wanted} if it is more than {@code session} may have, and has that logged. */
  void require(Session session, long wanted) {
    int most = of(session.limits());
    if (wanted > most) {
      session.complain("reached its quota of " + shown + ", " + most);
      throw error.refusal();
    }
  }

  private int of(StoreLimits limits) {
    return switch (this) {
      case NODES -> limits.nodes();
      case WATCHES -> limits.watches();
      case TRANSACTIONS -> limits.transactions();
      case NODE_BYTES -> limits.nodeBytes();
      case PERMISSIONS -> limits.permissions();
      case TRANSACTION_NODES -> limits.transactionNodes();
    };
  }
}
