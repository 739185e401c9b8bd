package io.myrixen.nic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Shares the NIC's time between VMs by deficit round robin: each may spend a quantum times its
 * weight in a cycle, counted in bytes, and what a large chunk overdraws is paid back in the cycles
 * that follow. Inside a VM, endpoints and pulls take turns.
 */
final class Scheduler {

  private final CommandRunner commands;
  private final PullEngine pulls;
  private final Bells bells;
  private final FaultSink faults;
  private final int quantumBytes;
  private final int idleSpins;
  private VmShare[] vms = new VmShare[0];
  private @Nullable Wire wire;

  /** Where the next cycle begins: with the VM whose turn a full port has cut short. */
  private int next;

  Scheduler(
      CommandRunner commands, PullEngine pulls, Bells bells, FaultSink faults, NicContext context) {
    this.commands = commands;
    this.pulls = pulls;
    this.bells = bells;
    this.faults = faults;
    this.quantumBytes = context.quantumBytes();
    this.idleSpins = context.idleSpins();
  }

  VmShare addBoard(int vmId, int weight) {
    VmShare vm = find(vmId);
    if (vm == null) {
      vm = new VmShare(vmId, idleSpins);
      vms = Arrays.copyOf(vms, vms.length + 1);
      vms[vms.length - 1] = vm;
    }
    vm.addBoard(weight);
    return vm;
  }

  void removeBoard(VmShare vm) {
    if (vm.removeBoard()) {
      vms = Arrays.stream(vms).filter(v -> v != vm).toArray(VmShare[]::new);
    }
  }

  private @Nullable VmShare find(int vmId) {
    for (VmShare vm : vms) {
      if (vm.vmId() == vmId) {
        return vm;
      }
    }
    return null;
  }

  VmShare[] vms() {
    return vms;
  }

  /** Serves what goes over {@code attached} as well; null: there is no wire. */
  void wire(@Nullable Wire attached) {
    wire = attached;
  }

  /** Gives every VM its turn. Returns 0 if none had anything to do. */
  int doWork() {
    VmShare[] all = vms;
    int first = next < all.length ? next : 0;
    boolean full = false;
    int work = 0;
    for (int i = 0; i < all.length; i++) {
      int at = first + i < all.length ? first + i : first + i - all.length;
      VmShare vm = all[at];
      boolean resumed = i == 0 && vm.cutShort;
      vm.cutShort = false;
      work += turn(vm, resumed);
      if (vm.cutShort && vm.deficit > 0 && !full) {
        // What the port has room for next is this one's, as far as its turn goes.
        full = true;
        next = at;
      }
    }
    return work;
  }

  private int turn(VmShare vm, boolean resumed) {
    if (!resumed || vm.deficit <= 0) {
      long quantum = (long) quantumBytes * vm.weight();
      // Who was idle does not save up.
      vm.deficit = Math.min(vm.deficit + quantum, quantum);
    }
    if (vm.deficit <= 0) {
      return 1; // It pays back, and has more to do.
    }
    int passes = 0;
    while (vm.deficit > 0 && pass(vm) > 0) {
      passes++;
    }
    return passes;
  }

  /** Lets each endpoint and each pull of {@code vm} have a turn while it may spend. */
  private long pass(VmShare vm) {
    long before = vm.deficit;
    int pullCount = vm.pulls().size();
    int endpointCount = vm.endpoints().length;
    int rounds = Math.max(endpointCount, pullCount);
    for (int i = 0; i < rounds && vm.deficit > 0; i++) {
      if (vm.endpoints().length > 0) {
        vm.deficit -= serve(vm.nextEndpoint(), vm.deficit);
        bells.ring();
      }
      if (!vm.pulls().isEmpty() && vm.deficit > 0) {
        vm.deficit -= advance(vm.nextPull());
        bells.ring();
      }
    }
    if (wire != null && vm.deficit > 0) {
      vm.deficit -= wire.pulls().advance(vm);
    }
    vm.sweepPulls();
    return before - vm.deficit;
  }

  private long serve(NicEndpoint endpoint, long budgetBytes) {
    try {
      return commands.serve(endpoint, budgetBytes);
    } catch (EndpointFault fault) {
      faults.fault(endpoint, fault.what(), fault.value());
    } catch (RuntimeException e) {
      // A defect of ours must end what it touched, not the NIC under every VM.
      faults.fault(endpoint, e.toString(), 0);
    }
    return CommandRunner.COMMAND_COST_BYTES;
  }

  private long advance(Pull pull) {
    if (pull.ended) {
      return 0;
    }
    try {
      return pulls.advance(pull);
    } catch (RuntimeException e) {
      faults.fault(pull.sink.endpoint(), e.toString(), 0);
      return CommandRunner.COMMAND_COST_BYTES;
    }
  }

  /** Whether {@link #doWork} would find something to do. */
  boolean ready() {
    for (VmShare vm : vms) {
      for (NicEndpoint endpoint : vm.endpoints()) {
        if (ready(endpoint)) {
          return true;
        }
      }
      for (int i = 0; i < vm.pulls().size(); i++) {
        if (pulls.ready(vm.pulls().get(i))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean ready(NicEndpoint endpoint) {
    CommandQueue queue = endpoint.commands();
    if (!(queue.holds() ? commands.canResume(endpoint) : queue.ready())) {
      return false;
    }
    try {
      return endpoint.completions().hasRoom();
    } catch (EndpointFault _) {
      return true; // doWork finds it again, and closes the endpoint.
    }
  }

  /** Whether something waits that no VM's notification tells of. */
  boolean waiting() {
    for (VmShare vm : vms) {
      if (!vm.pulls().isEmpty()) {
        return true;
      }
      for (NicEndpoint endpoint : vm.endpoints()) {
        if (endpoint.commands().holds() || endpoint.commands().ready()) {
          return true;
        }
      }
    }
    return false;
  }
}
