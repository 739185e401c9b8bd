package io.myrixen.embedded;

import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.netback.MxDevices;
import io.myrixen.netfront.NetfrontContext;
import io.myrixen.netfront.VmBoards;
import io.myrixen.xen.Domain;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.local.Hypervisor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A VM as an object: a domain of its own, with boards that a control thread of its own looks after.
 * Every method may be called from any thread.
 */
public final class Vm implements AutoCloseable {

  private final Hypervisor hypervisor;
  private final String name;
  private final Domain domain;
  private final VmBoards boards;
  private final Mx mx;
  private final Consumer<Vm> onEnd;
  private final AtomicBoolean ended = new AtomicBoolean();

  private Vm(
      Hypervisor hypervisor, String name, Domain domain, VmBoards boards, Consumer<Vm> onEnd) {
    this.hypervisor = hypervisor;
    this.name = name;
    this.domain = domain;
    this.boards = boards;
    this.mx = Mx.init(boards);
    this.onEnd = onEnd;
  }

  /**
   * Makes a domain with boards and waits until they are connected.
   *
   * @param onEnd called once, when the domain has ended
   * @throws MxException as {@link VmBoards#attach}; the domain is gone then
   */
  static Vm create(
      Hypervisor hypervisor,
      int driverDomid,
      String name,
      VmOptions options,
      NetfrontContext context,
      Consumer<Vm> onEnd) {
    Domain domain = hypervisor.createDomain(name);
    try {
      try (XenStore store = hypervisor.toolstackStore()) {
        MxDevices.createBoards(
            new DeviceTree(store),
            domain.domid(),
            driverDomid,
            name,
            options.boards(),
            options.share());
      }
      return new Vm(hypervisor, name, domain, VmBoards.attach(domain, context), onEnd);
    } catch (RuntimeException e) {
      end(hypervisor, domain);
      throw e;
    }
  }

  /** Its name; that of board k is {@code name:k}. */
  public String name() {
    return name;
  }

  /** Its domain's id. */
  public int domid() {
    return domain.domid();
  }

  /** MX on its boards: what {@link Mx#init()} gives the process of a VM. */
  public Mx mx() {
    return mx;
  }

  /**
   * Ends the VM as a program that returns: its endpoints linger until what they have sent is
   * acknowledged, its boards are given back, its domain ends. Waits for all that. Idempotent.
   */
  @Override
  public void close() {
    if (ended.getAndSet(true)) {
      return;
    }
    try {
      mx.close();
    } finally {
      end(hypervisor, domain);
      onEnd.accept(this);
    }
  }

  /**
   * Ends the VM as SIGKILL ends a process: in the middle of whatever it does, without a word to
   * anybody. The driver domain hears of it from the hypervisor, as do its peers from the NIC.
   *
   * <p>Only its threads cannot be taken away. Those inside its endpoints come out, with a request
   * that failed or with an {@link IllegalStateException}, since the memory under them is gone;
   * later calls throw {@code NIC_DEAD}, and closing its endpoints does nothing any more. Does
   * nothing if the VM has ended or is being closed.
   */
  public void kill() {
    if (ended.getAndSet(true)) {
      return;
    }
    try {
      domain.close();
    } finally {
      boards.close(); // Its thread finds itself without a hypervisor and ends.
      end(hypervisor, domain);
      onEnd.accept(this);
    }
  }

  /** Does what the toolstack does when a domain is no more wanted, or is gone already. */
  private static void end(Hypervisor hypervisor, Domain domain) {
    domain.close();
    try (XenStore store = hypervisor.toolstackStore()) {
      new DeviceTree(store).removeDomain(domain.domid());
    }
  }

  @Override
  public String toString() {
    return "VM \"%s\", domain %d".formatted(name, domid());
  }
}
