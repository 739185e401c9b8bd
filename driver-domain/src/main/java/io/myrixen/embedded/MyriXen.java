package io.myrixen.embedded;

import io.myrixen.driver.service.DriverThreads;
import io.myrixen.mx.MxException;
import io.myrixen.netback.NetbackCounters;
import io.myrixen.nic.NicCounters;
import io.myrixen.xen.Domain;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.local.Hypervisor;
import io.myrixen.xen.local.HypervisorCounters;
import java.util.ArrayList;
import java.util.List;

/**
 * A system of its own in this JVM: a hypervisor, a driver domain with its NIC, and VMs. Any number
 * of them live side by side and know nothing of each other.
 *
 * <p>Its threads are those of the services: one for the NIC, one for netback, one for each VM. All
 * are daemons, and asleep while nothing moves. Every method may be called from any thread.
 */
public final class MyriXen implements AutoCloseable {

  private static final String DRIVER_DOMAIN_NAME = "driver-domain";

  private final EmbeddedContext context;
  private final Hypervisor hypervisor;
  private final Domain driverDomain;
  private final DriverThreads driverThreads;

  /** Guarded by itself, in order of creation. */
  private final List<Vm> vms = new ArrayList<>();

  /** Guarded by {@link #vms}. */
  private boolean closed;

  private MyriXen(EmbeddedContext context) {
    this.context = context;
    this.hypervisor = new Hypervisor(context.hypervisor());
    this.driverDomain = hypervisor.createDomain(DRIVER_DOMAIN_NAME);
    // Where a thread of it fails, the driver domain is over, as its process would be.
    this.driverThreads =
        new DriverThreads(driverDomain, context.driverDomain(), driverDomain::close);
  }

  /** Starts a system with the settings of the system properties, and no VM yet. */
  public static MyriXen embedded() {
    return embedded(EmbeddedContext.fromSystemProperties());
  }

  /** Starts a system with no VM yet. */
  public static MyriXen embedded(EmbeddedContext context) {
    var system = new MyriXen(context);
    system.driverThreads.start();
    return system;
  }

  /** Makes a VM with one board and waits until that is connected. */
  public Vm createVm(String name) {
    return createVm(name, VmOptions.DEFAULT);
  }

  /**
   * Makes a VM and waits until its boards are connected.
   *
   * @param name letters, digits and {@code ._-}, at most 63; no other living domain has it
   * @throws XenException with {@code BAD_REQUEST} for such a name, {@code NO_HYPERVISOR} if this is
   *     closed, {@code NO_DOMAIN} if the driver domain is gone
   * @throws MxException with {@code NO_DRIVER} if not every board is connected in time; the message
   *     says where they stand
   */
  public Vm createVm(String name, VmOptions options) {
    synchronized (vms) {
      if (closed) {
        throw new XenException(Reason.NO_HYPERVISOR, "this system is closed");
      }
    }
    if (driverDomain.hypervisorGone()) {
      throw new XenException(Reason.NO_DOMAIN, "the driver domain is gone");
    }
    Vm vm =
        Vm.create(
            hypervisor, driverDomain.domid(), name, options, context.netfront(), this::forget);
    synchronized (vms) {
      if (!closed) {
        vms.add(vm);
        return vm;
      }
    }
    vm.close();
    throw new XenException(Reason.NO_HYPERVISOR, "this system was closed meanwhile");
  }

  private void forget(Vm ended) {
    synchronized (vms) {
      vms.remove(ended);
    }
  }

  /** The VMs alive, in order of creation; a copy that does not change. */
  public List<Vm> vms() {
    synchronized (vms) {
      return List.copyOf(vms);
    }
  }

  /** What the NIC has counted: all messages of all VMs. */
  public NicCounters nicCounters() {
    return driverThreads.nic().counters();
  }

  /** What netback has counted: all that the VMs have set up. */
  public NetbackCounters netbackCounters() {
    return driverThreads.netbackCounters();
  }

  /** What the hypervisor has counted, and what the domains hold now. */
  public HypervisorCounters hypervisorCounters() {
    return hypervisor.counters();
  }

  /**
   * Ends the driver domain as SIGKILL ends a process. The VMs' endpoints detach, their requests end
   * with a status, and nothing new can be set up in this system.
   */
  public void killDriverDomain() {
    driverDomain.close();
    driverThreads.close();
  }

  /**
   * Closes every VM, then the driver domain, then the hypervisor, and waits for the end of their
   * threads: no thread, descriptor or memory of this system is left. Idempotent; what one VM throws
   * is thrown at the end.
   */
  @Override
  public void close() {
    synchronized (vms) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      closeVms();
    } finally {
      driverThreads.close();
      hypervisor.close();
    }
  }

  private void closeVms() {
    IllegalStateException failure = null;
    for (Vm vm : vms()) {
      try {
        vm.close();
      } catch (IllegalStateException | MxException e) {
        if (failure == null) {
          failure = new IllegalStateException(vm + " did not end cleanly", e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
