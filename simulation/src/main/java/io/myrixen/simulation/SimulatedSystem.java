package io.myrixen.simulation;

import io.myrixen.mx.board.BoardDriver;
import io.myrixen.nic.BoardConfig;
import io.myrixen.simulation.board.SimulatedBoards;
import io.myrixen.simulation.board.SimulatedNic;
import io.myrixen.simulation.network.Switch;
import io.myrixen.simulation.time.Agenda;
import io.myrixen.simulation.time.StandstillException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * NICs on a switch, with VMs on them, in one thread, on virtual time. Time passes while somebody
 * waits, and a little with each call to a library. Confined to the thread that uses it.
 *
 * <p>A board is named {@code n0v1:0}: board 0 of VM 1 on NIC 0.
 */
public final class SimulatedSystem implements AutoCloseable {

  /** Bit 41 says that the address was given by hand, as it is in a MAC. */
  private static final long FIRST_NIC_ID = 0x0200_0000_0000L;

  /** By then each NIC has told of itself eight times, and has asked for names nine times. */
  private static final long DISCOVERY_NS = Duration.ofSeconds(60).toNanos();

  private static final long LAST_TURNS_NS = Duration.ofMillis(1).toNanos();

  private final SystemConfig config;
  private final SplittableRandom random;
  private final Agenda agenda;
  private final Switch network;
  private final List<SimulatedNic> nics = new ArrayList<>();
  private final List<List<SimulatedBoards>> vms = new ArrayList<>();
  private int boardCount;
  private int sessions = 1;

  /** Makes a system without NICs. */
  public SimulatedSystem(SystemConfig config) {
    this.config = config;
    random = new SplittableRandom(config.seed());
    agenda = new Agenda(config.clockOriginNs());
    network = new Switch(agenda, random.split(), config.network());
  }

  /** Makes a system of equal NICs, each with equal VMs, that know each other. */
  public static SimulatedSystem of(int nics, int vmsOnEach, int boardsOfEach) {
    var system = new SimulatedSystem(SystemConfig.standard());
    for (int nic = 0; nic < nics; nic++) {
      system.addNic();
      for (int vm = 0; vm < vmsOnEach; vm++) {
        system.addVm(boardsOfEach);
      }
    }
    system.awaitPeers();
    return system;
  }

  /** Adds a NIC; they count from 0. */
  public SimulatedNic addNic() {
    var nic = new SimulatedNic(agenda, config.nic(), random.split());
    nic.attach(network.newPort(), config.profile());
    nics.add(nic);
    vms.add(new ArrayList<>());
    return nic;
  }

  /** Adds a VM with some boards on the NIC added last; on each NIC they count from 0. */
  public SimulatedBoards addVm(int boardsOfIt) {
    int nic = nics.size() - 1;
    SimulatedBoards vm = newVm(nic, vms.get(nic).size(), boardsOfIt);
    vms.get(nic).add(vm);
    boardCount += boardsOfIt;
    return vm;
  }

  /** Puts a new VM, with the same names and ids, in the place of one that was killed. */
  public SimulatedBoards replaceVm(int nic, int vm, int boardsOfIt) {
    SimulatedBoards fresh = newVm(nic, vm, boardsOfIt);
    vms.get(nic).set(vm, fresh);
    return fresh;
  }

  private SimulatedBoards newVm(int nic, int vm, int boardsOfIt) {
    var boards = new SimulatedBoards(agenda, () -> sessions++);
    for (int board = 0; board < boardsOfIt; board++) {
      String name = "n%dv%d:%d".formatted(nic, vm, board);
      boards.add(nics.get(nic), new BoardConfig(nicId(nic, vm, board), name, vm, 1));
    }
    return boards;
  }

  /** Id of a board. */
  public static long nicId(int nic, int vm, int board) {
    return FIRST_NIC_ID | (long) (nic + 1) << 16 | (long) vm << 8 | board;
  }

  /** Number of the NIC that a board is on. */
  public static int nicOf(long nicId) {
    return (int) (nicId >>> 16 & 0xFF) - 1;
  }

  /**
   * Lets time pass until every NIC knows every board.
   *
   * @throws StandstillException if they never do
   */
  public void awaitPeers() {
    if (!agenda.runUntil(this::allKnown, DISCOVERY_NS)) {
      throw new StandstillException("the NICs do not find each other");
    }
  }

  private boolean allKnown() {
    for (SimulatedNic nic : nics) {
      if (nic.peers().size() < boardCount) {
        return false;
      }
    }
    return true;
  }

  /** What happens when. */
  public Agenda agenda() {
    return agenda;
  }

  /** The switch: port {@code n} is NIC {@code n}'s. */
  public Switch network() {
    return network;
  }

  /** The NICs. */
  public List<SimulatedNic> nics() {
    return List.copyOf(nics);
  }

  /** The boards of VM {@code vm} of NIC {@code nic}. */
  public SimulatedBoards vm(int nic, int vm) {
    return vms.get(nic).get(vm);
  }

  /** The same, for {@link io.myrixen.mx.Mx#init}. */
  public BoardDriver driver(int nic, int vm) {
    return vm(nic, vm);
  }

  /** Ends all VMs. */
  @Override
  public void close() {
    vms.forEach(onNic -> onNic.forEach(SimulatedBoards::close));
    agenda.run(LAST_TURNS_NS);
  }
}
