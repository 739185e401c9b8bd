package io.myrixen.xen;

/**
 * A domain's own view of its hypervisor, held by the one process that is the domain. Every method
 * may be called from any thread unless it says otherwise.
 */
public interface Domain extends AutoCloseable {

  /**
   * This domain's id. Another domain gets it again only after all other ids, and on some substrates
   * never.
   */
  int domid();

  /** Pages offered to other domains, and pages of others mapped here. */
  GrantTable grants();

  /** Notifications to and from other domains. */
  EventChannels eventChannels();

  /** Opens a connection to the store, with watches and transactions of its own. */
  XenStore openStore();

  /** Returns a new place for one thread to sleep. */
  Waiter newWaiter();

  /** Whether the hypervisor is gone, so that nothing of this domain works any more. */
  boolean hypervisorGone();

  /**
   * Leaves the hypervisor: every grant, mapping, channel and store connection of this process is
   * released. Where the process is the domain, the domain ends with it. Idempotent.
   *
   * @throws IllegalStateException if memory is in use by a system call of this process: that memory
   *     stays mapped, everything else is released
   */
  @Override
  void close();
}
