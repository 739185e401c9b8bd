package io.myrixen.simulation;

import io.myrixen.mx.board.BoardDriver;
import io.myrixen.nic.BoardConfig;
import io.myrixen.nic.NicContext;
import io.myrixen.simulation.board.SimulatedBoards;
import io.myrixen.simulation.board.SimulatedNic;
import io.myrixen.simulation.time.Agenda;
import java.util.ArrayList;
import java.util.List;

/**
 * NICs with VMs on them, in one thread, on virtual time. Time passes while somebody waits, and a
 * little with each call to a library. Confined to the thread that uses it.
 *
 * <p>A board is named {@code n0v1:0}: board 0 of VM 1 on NIC 0.
 */
public final class SimulatedSystem implements AutoCloseable {

  /** Near the wrap of a signed 64-bit clock, which a real one may be as well. */
  private static final long CLOCK_ORIGIN_NS = Long.MAX_VALUE - 1_000_000_000L;

  /** Bit 41 says that the address was given by hand, as it is in a MAC. */
  private static final long FIRST_NIC_ID = 0x0200_0000_0000L;

  private final Agenda agenda;
  private final List<SimulatedNic> nics = new ArrayList<>();
  private final List<List<SimulatedBoards>> vms = new ArrayList<>();
  private int sessions = 1;

  /** Makes a system without NICs, whose clock begins at {@code clockOriginNs}. */
  public SimulatedSystem(long clockOriginNs) {
    agenda = new Agenda(clockOriginNs);
  }

  /** Makes a system of equal NICs, each with equal VMs. */
  public static SimulatedSystem of(int nics, int vmsOnEach, int boardsOfEach) {
    var system = new SimulatedSystem(CLOCK_ORIGIN_NS);
    for (int nic = 0; nic < nics; nic++) {
      system.addNic(NicContext.fromSystemProperties());
      for (int vm = 0; vm < vmsOnEach; vm++) {
        system.addVm(nic, boardsOfEach);
      }
    }
    return system;
  }

  /** Adds a NIC; they count from 0. */
  public SimulatedNic addNic(NicContext context) {
    var nic = new SimulatedNic(agenda, context);
    nics.add(nic);
    vms.add(new ArrayList<>());
    return nic;
  }

  /** Adds a VM with some boards on NIC {@code nic}; on each NIC they count from 0. */
  public SimulatedBoards addVm(int nic, int boardCount) {
    List<SimulatedBoards> onNic = vms.get(nic);
    SimulatedBoards vm = newVm(nic, onNic.size(), boardCount);
    onNic.add(vm);
    return vm;
  }

  /** Puts a new VM, with the same names and ids, in the place of one that was killed. */
  public SimulatedBoards replaceVm(int nic, int vm) {
    int boardCount = vms.get(nic).get(vm).boards().size();
    SimulatedBoards fresh = newVm(nic, vm, boardCount);
    vms.get(nic).set(vm, fresh);
    return fresh;
  }

  private SimulatedBoards newVm(int nic, int vm, int boardCount) {
    var boards = new SimulatedBoards(agenda, () -> sessions++);
    for (int board = 0; board < boardCount; board++) {
      var config =
          new BoardConfig(nicId(nic, vm, board), "n%dv%d:%d".formatted(nic, vm, board), vm, 1);
      boards.add(nics.get(nic), config);
    }
    return boards;
  }

  private static long nicId(int nic, int vm, int board) {
    return FIRST_NIC_ID | (long) (nic + 1) << 16 | (long) vm << 8 | board;
  }

  /** What happens when. */
  public Agenda agenda() {
    return agenda;
  }

  /** The NICs. */
  public List<SimulatedNic> nics() {
    return List.copyOf(nics);
  }

  /** The boards of VM {@code vm} of NIC {@code nic}, for {@link io.myrixen.mx.Mx#init}. */
  public BoardDriver driver(int nic, int vm) {
    return vms.get(nic).get(vm);
  }

  /** Ends all VMs. */
  @Override
  public void close() {
    vms.forEach(onNic -> onNic.forEach(SimulatedBoards::close));
    agenda.run(1_000_000);
  }
}
