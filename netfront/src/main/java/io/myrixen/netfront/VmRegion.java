package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.board.Pending;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import java.lang.foreign.MemorySegment;

/** Registered memory of a port. Its pages are shared with the driver domain alone. */
final class VmRegion implements EndpointPort.Region {

  private final VmPort port;
  private final int id;
  private final Supply.Pages pages;
  private final MemorySegment memory;
  private final Pending<Void> deregistered = new Pending<>();
  private boolean leaving;

  VmRegion(VmPort port, int id, Supply.Pages pages, long lengthBytes) {
    this.port = port;
    this.id = id;
    this.pages = pages;
    this.memory = pages.memory().asSlice(0, lengthBytes);
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
    port.control()
        .tasks()
        .execute(
            deregistered,
            () -> {
              if (!leaving) {
                leaving = true;
                port.submit(new DeregisterCall());
              }
            });
    return deregistered;
  }

  /** Gives the pages back: the NIC touches them no more. Idempotent. Control thread. */
  void release() {
    pages.close();
    deregistered.complete(null);
  }

  private final class DeregisterCall extends Call {

    DeregisterCall() {
      super(new ControlRequest.DeregisterRegion(port.endpointId(), port.sessionId(), id));
    }

    @Override
    void answered(ControlResponse response) {
      // A refusal means that the endpoint is closed, and the region with it.
      finish();
    }

    @Override
    void late(MxException timeout) {
      deregistered.fail(timeout);
    }

    @Override
    void lost(MxException cause) {
      finish();
    }

    private void finish() {
      port.abandon(VmRegion.this);
      release();
    }
  }
}
