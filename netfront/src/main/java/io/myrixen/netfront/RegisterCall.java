package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.EndpointPort.Region;
import io.myrixen.mx.board.Pending;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlResponse.Registered;

/**
 * Registers memory for an endpoint. The pages become the region's, or are given back once the
 * driver domain cannot have them any more.
 */
final class RegisterCall extends Call {

  private final VmPort port;
  private final OfferedPages pages;
  private final long lengthBytes;
  private final Pending<Region> pending;

  RegisterCall(VmPort port, OfferedPages pages, long lengthBytes, Pending<Region> pending) {
    super(
        new ControlRequest.RegisterRegion(
            port.endpointId(), port.sessionId(), pages.pages().pageCount(), pages.list(), true));
    this.port = port;
    this.pages = pages;
    this.lengthBytes = lengthBytes;
    this.pending = pending;
  }

  @Override
  void answered(ControlResponse response) {
    pages.named();
    if (response.code() != ReturnCode.SUCCESS) {
      pages.close();
      pending.fail(refusal(response));
      return;
    }
    int regionId = ((Registered) response.result()).regionId();
    VmRegion region = new VmRegion(port, regionId, pages.pages(), lengthBytes);
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
