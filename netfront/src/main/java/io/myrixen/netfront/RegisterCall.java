package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.EndpointPort.Region;
import io.myrixen.mx.board.Pending;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlResponse.Registered;
import io.myrixen.xen.XenException;

/**
 * Registers memory for an endpoint. The pages become the region's, or are given back once the
 * driver domain cannot have them any more.
 */
final class RegisterCall extends Call {

  private final VmPort port;
  private final Supply.Pages pages;
  private final long lengthBytes;
  private final Pending<Region> pending;

  RegisterCall(VmPort port, Supply.Pages pages, long lengthBytes, Pending<Region> pending) {
    super(
        new ControlRequest.RegisterRegion(
            port.endpointId(), port.sessionId(), pages.pageCount(), pages.list(), true));
    this.port = port;
    this.pages = pages;
    this.lengthBytes = lengthBytes;
    this.pending = pending;
  }

  @Override
  void answered(ControlResponse response) {
    if (response.code() != ReturnCode.SUCCESS) {
      pages.close();
      pending.fail(refusal(response));
      return;
    }
    int regionId = ((Registered) response.result()).regionId();
    try {
      pages.granted();
    } catch (XenException e) {
      // Not worth an undo of its own: the driver domain takes it back with the endpoint.
      pending.fail(new MxException(ReturnCode.NO_RESOURCES, String.valueOf(e.getMessage()), e));
      return;
    }
    VmRegion region = new VmRegion(port, regionId, pages, lengthBytes);
    port.adopt(region);
    if (timedOut()) {
      region.deregister(); // Nobody waits for it any more.
    } else {
      pending.complete(region);
    }
  }

  @Override
  void late(MxException timeout) {
    pending.fail(timeout);
  }

  @Override
  void lost(MxException cause) {
    pages.close();
    pending.fail(cause);
  }
}
