package io.myrixen.driver.service;

import io.myrixen.driver.counters.CountersFile;
import io.myrixen.driver.process.DriverDomainNode;
import io.myrixen.driver.process.PrivateDirectory;
import io.myrixen.netfront.NativeBoards;
import io.myrixen.xen.Domain;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.devices.DomainRole;
import io.myrixen.xen.devices.XenDomain;
import io.myrixen.xen.host.HostDomain;
import io.myrixen.xen.host.HostToolstack;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/**
 * A driver domain that serves every VM of a hypervisor, on threads of its own, until it is closed
 * or the hypervisor goes.
 */
public final class DriverDomain implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(DriverDomain.class.getName());

  /** The domain's name, which no VM can have while it lives. */
  private static final String NAME = "driver-domain";

  private final Path runDirectory;
  private final Domain domain;

  /** What is to be done before it leaves a hypervisor that goes on. */
  private final Runnable farewell;

  private final DriverThreads threads;
  private final CountersFile countersFile;
  private final ServiceThread publisher;
  private boolean closed;

  private DriverDomain(
      Path runDirectory,
      Domain domain,
      DriverDomainContext context,
      Runnable onFailure,
      Runnable farewell) {
    this.runDirectory = runDirectory;
    this.domain = domain;
    this.farewell = farewell;
    this.threads = new DriverThreads(domain, context, onFailure);
    threads.serveNative(runDirectory.resolve(NativeBoards.SOCKET));
    this.countersFile = CountersFile.create(runDirectory.resolve(CounterNames.FILE));
    var counters = new CountersPublisher(countersFile, threads, context.countersIntervalNs());
    this.publisher = new ServiceThread("counters", counters, domain, onFailure);
  }

  /**
   * Becomes the driver domain of the hypervisor in {@code runDirectory}. Devices that an earlier
   * one left behind get this one as their backend.
   *
   * @param onFailure called if a thread dies, of a fault of ours or because the hypervisor is gone
   * @throws XenException with {@code NO_HYPERVISOR} if there is none, {@code BAD_REQUEST} if there
   *     is a driver domain already
   */
  public static DriverDomain start(
      Path runDirectory, DriverDomainContext context, Runnable onFailure) {
    try (HostToolstack toolstack = HostToolstack.connect(runDirectory);
        XenStore store = toolstack.openStore()) {
      Integer living = DriverDomainNode.find(store);
      if (living != null) {
        throw new XenException(
            Reason.BAD_REQUEST,
            "there is a driver domain in %s already: domain %d".formatted(runDirectory, living));
      }
      HostToolstack.Ticket ticket = toolstack.createDomain(NAME);
      try {
        DriverDomainNode.claim(store, ticket.domid());
        Domain domain = HostDomain.attach(ticket.tokenFile());
        var driverDomain =
            new DriverDomain(
                runDirectory,
                domain,
                context,
                onFailure,
                () -> forget(runDirectory, ticket.domid()));
        driverDomain.start();
        var tree = new DeviceTree(store);
        tree.devices().forEach(device -> tree.rebind(device, ticket.domid()));
        return driverDomain;
      } catch (XenException | XenStoreException e) {
        toolstack.destroyDomain(ticket.domid());
        throw e;
      }
    }
  }

  /**
   * Serves the devices whose backend is the domain of real Xen that this process runs in. Those
   * that an earlier process of the domain served connect anew.
   *
   * @param directory where counters are published and native processes connect; made if need be
   * @param onFailure as for {@link #start(Path, DriverDomainContext, Runnable)}
   * @throws XenException as {@link XenDomain#attach(DomainRole)}; {@code NOT_PERMITTED} if {@code
   *     directory} is somebody else's
   */
  public static DriverDomain startOnXen(
      Path directory, DriverDomainContext context, Runnable onFailure) {
    Domain domain = XenDomain.attach(DomainRole.BACKEND);
    try {
      PrivateDirectory.make(directory);
      var driverDomain =
          new DriverDomain(directory, domain, context, onFailure, () -> clear(directory));
      driverDomain.start();
      return driverDomain;
    } catch (IOException e) {
      domain.close();
      throw new XenException(Reason.SYSTEM, "cannot use run directory " + directory + ": " + e, e);
    } catch (XenException | XenStoreException e) {
      domain.close();
      throw e;
    }
  }

  private void start() {
    threads.start();
    publisher.start();
  }

  /** Its domid. */
  public int domid() {
    return domain.domid();
  }

  /** Whether the hypervisor has gone: nothing is served any more. */
  public boolean hypervisorGone() {
    return domain.hypervisorGone();
  }

  /** Parts with every VM, stops the threads, and leaves the hypervisor. Idempotent. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    publisher.stop();
    threads.close();
    countersFile.close();
    if (domain.hypervisorGone()) {
      clear(runDirectory);
    } else {
      farewell.run();
    }
    domain.close();
  }

  private static void clear(Path runDirectory) {
    try {
      LeftBehind.remove(runDirectory);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "cannot clear " + runDirectory, e);
    }
  }

  private static void forget(Path runDirectory, int domid) {
    try (HostToolstack toolstack = HostToolstack.connect(runDirectory);
        XenStore store = toolstack.openStore()) {
      DriverDomainNode.release(store, domid);
    } catch (XenException | XenStoreException e) {
      LOG.log(Level.DEBUG, "the hypervisor went before its driver domain", e);
    }
  }
}
