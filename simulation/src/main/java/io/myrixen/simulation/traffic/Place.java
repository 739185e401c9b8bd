package io.myrixen.simulation.traffic;

/**
 * Where an application runs, and where others find it.
 *
 * @param nic number of the NIC
 * @param vm number of the VM on it
 * @param board number of the board of that VM
 * @param endpointId number of the endpoint on that board
 * @param nicId id of that board
 */
public record Place(int nic, int vm, int board, int endpointId, long nicId) {

  @Override
  public String toString() {
    return "n%dv%d:%d/%d".formatted(nic, vm, board, endpointId);
  }
}
