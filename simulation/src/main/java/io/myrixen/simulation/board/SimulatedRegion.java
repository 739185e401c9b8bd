package io.myrixen.simulation.board;

import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.board.Pending;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory that the NIC may read and write for one endpoint. */
final class SimulatedRegion implements EndpointPort.Region {

  private final SimulatedPort port;
  private final int id;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;

  SimulatedRegion(SimulatedPort port, int id, long lengthBytes) {
    this.port = port;
    this.id = id;
    memory = arena.allocate(lengthBytes, WindowLayout.PAGE_BYTES);
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public Pending<Void> deregister() {
    var pending = new Pending<Void>();
    var _ =
        port.removeRegion(this)
            .whenComplete((_, _) -> {
              release();
              pending.complete(null);
            });
    return pending;
  }

  void release() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
