package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.xen.Domain;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenStoreException;

/**
 * The boards of a process that is a VM. One daemon thread, asleep unless there is something to do,
 * talks to the driver domain and runs background work.
 */
public final class VmBoards extends ThreadedBoards {

  private VmBoards(Domain domain, NetfrontContext context, Runnable afterwards) {
    super(
        "domain-" + domain.domid(),
        domain::newWaiter,
        domain::hypervisorGone,
        (clock, waiter, sleeps) -> new Netfront(domain, clock, context, waiter, sleeps),
        afterwards);
  }

  /**
   * Connects every device that {@code domain} has, with the settings of the system properties. The
   * domain stays the caller's.
   *
   * @throws MxException with {@code NO_DEV} if there is no device, {@code NO_DRIVER} if not every
   *     one is connected in time; the message says where they stand
   */
  public static VmBoards attach(Domain domain) {
    return attach(domain, NetfrontContext.fromSystemProperties());
  }

  /** As {@link #attach(Domain)}, with settings. */
  public static VmBoards attach(Domain domain, NetfrontContext context) {
    return attach(domain, context, () -> {});
  }

  /**
   * As {@link #attach(Domain, NetfrontContext)}.
   *
   * @param afterwards runs when the boards have been given back, or cannot be had
   */
  static VmBoards attach(Domain domain, NetfrontContext context, Runnable afterwards) {
    VmBoards boards;
    try {
      boards = new VmBoards(domain, context, afterwards);
    } catch (XenException | XenStoreException e) {
      afterwards.run();
      throw new MxException(ReturnCode.NO_DRIVER, String.valueOf(e.getMessage()), e);
    }
    boards.start(context.attachTimeoutNs());
    return boards;
  }
}
