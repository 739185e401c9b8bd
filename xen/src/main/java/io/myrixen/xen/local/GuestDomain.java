package io.myrixen.xen.local;

import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.XenException;
import org.jspecify.annotations.Nullable;

/**
 * One domain as the hypervisor keeps it: every request the domain makes comes in here and is
 * judged. Nothing here trusts the numbers that it is given. Any thread may call; all requests of
 * all domains are serialised by the hypervisor's lock.
 */
public final class GuestDomain {

  private final Hypervisor hypervisor;
  private final int domid;
  private final String name;
  private final GrantLedger grants;
  private final PortTable ports;
  private @Nullable Runnable ending;
  private boolean ended;

  GuestDomain(Hypervisor hypervisor, int domid, String name) {
    this.hypervisor = hypervisor;
    this.domid = domid;
    this.name = name;
    this.grants = new GrantLedger(hypervisor, this);
    this.ports = new PortTable(hypervisor, this);
  }

  /** Its id. */
  public int domid() {
    return domid;
  }

  /** Its name, as the toolstack gave it. */
  public String name() {
    return name;
  }

  /** Whether it is gone. */
  public boolean ended() {
    synchronized (hypervisor.lock()) {
      return ended;
    }
  }

  /** Runs {@code ending} once when this domain ends, at once if it has; without any lock held. */
  public void whenEnded(Runnable ending) {
    synchronized (hypervisor.lock()) {
      if (!ended) {
        this.ending = ending;
        return;
      }
    }
    ending.run();
  }

  /**
   * Makes zeroed pages that {@code grantee} may map; a read-only grant only after {@link #offer}.
   *
   * @throws XenException with {@code NO_DOMAIN}, {@code NO_SPACE} or {@code BAD_REQUEST}
   */
  public GrantAllocation grant(int grantee, int pageCount, Access access) {
    return hypervisor.judge(this, () -> grants.grant(grantee, pageCount, access));
  }

  /**
   * Lets the grantee of a read-only grant map it: its owner has mapped it, and nobody can map it
   * writable from now on. Does nothing to other grants.
   *
   * @throws XenException with {@code BAD_REFERENCE} if no grant begins there
   */
  public void offer(int firstReference) {
    hypervisor.judge(
        this,
        () -> {
          grants.offer(firstReference);
          return this;
        });
  }

  /**
   * Ends access to the allocation that begins with {@code firstReference}. Its pages go when nobody
   * maps them any more; until then they count.
   *
   * @throws XenException with {@code BAD_REFERENCE} if no grant begins there
   */
  public void endAccess(int firstReference) {
    hypervisor.judge(
        this,
        () -> {
          grants.endAccess(firstReference);
          return this;
        });
  }

  /**
   * Maps a list of references of {@code owner}, all or none.
   *
   * @throws XenException with {@code BAD_REFERENCE} or {@code NO_SPACE}
   */
  public GrantMapping map(int owner, int[] references, Access access) {
    return hypervisor.judge(this, () -> grants.map(owner, references, access));
  }

  /**
   * Unmaps what {@link #map} mapped.
   *
   * @throws XenException with {@code BAD_REQUEST} if there is no such mapping
   */
  public void unmap(int mappingId) {
    hypervisor.judge(
        this,
        () -> {
          grants.unmap(mappingId);
          return this;
        });
  }

  /**
   * Allocates a port for {@code remoteDomid} to bind.
   *
   * @param farEnd kept for who binds, and told when the channel ends
   * @return the port's number
   * @throws XenException with {@code NO_DOMAIN} or {@code NO_SPACE}; {@code farEnd} is then the
   *     caller's to close
   */
  public int allocatePort(int remoteDomid, FarEnd farEnd) {
    return hypervisor.judge(this, () -> ports.allocate(remoteDomid, farEnd));
  }

  /**
   * Binds to a port that {@code remoteDomid} allocated for this domain.
   *
   * @throws XenException with {@code BAD_PORT} or {@code NO_SPACE}
   */
  public BoundPort bindPort(int remoteDomid, int remotePort) {
    return hypervisor.judge(this, () -> ports.bind(remoteDomid, remotePort));
  }

  /**
   * Closes a port of this domain.
   *
   * @throws XenException with {@code BAD_PORT} if there is no such port
   */
  public void closePort(int port) {
    hypervisor.judge(
        this,
        () -> {
          ports.close(port);
          return this;
        });
  }

  GrantLedger grants() {
    return grants;
  }

  PortTable ports() {
    return ports;
  }

  /** Releases everything it holds, under the lock. Returns what is to run without it, or null. */
  @Nullable Runnable end() {
    ended = true;
    grants.releaseAll();
    ports.closeAll();
    return ending;
  }

  boolean endedLocked() {
    return ended;
  }

  /** The end of a channel that waits in the hypervisor for the domain that will bind it. */
  public interface FarEnd {

    /**
     * Ends the channel: one of its two ports is closed, or nobody can bind any more. Both ends
     * learn, whatever their domains do. Called again when the other port is closed.
     */
    void end();
  }

  /**
   * A port just bound.
   *
   * @param port its number in this domain
   * @param end this domain's end of the channel
   */
  public record BoundPort(int port, FarEnd end) {}
}
