package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.board.Pending;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlRequest.OpenEndpoint;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlResponse.Opened;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.XenException;

/**
 * Opens an endpoint. The window and the channel offered with it become the port's, or are given
 * back once the driver domain cannot have them any more.
 */
final class OpenCall extends Call {

  private final Control control;
  private final Link link;
  private final OpenEndpoint request;
  private final Supply.Pages window;
  private final Supply.Channel channel;
  private final Pending<EndpointPort> pending;

  private OpenCall(
      Control control,
      Link link,
      OpenEndpoint request,
      Supply.Pages window,
      Supply.Channel channel,
      Pending<EndpointPort> pending) {
    super(request);
    this.control = control;
    this.link = link;
    this.request = request;
    this.window = window;
    this.channel = channel;
    this.pending = pending;
  }

  /**
   * Asks for the endpoint, with a fresh window.
   *
   * @throws MxException with {@code NO_RESOURCES} that names the limit; nothing is left then
   */
  static void begin(
      Control control,
      Link link,
      int endpointId,
      WindowGeometry geometry,
      Pending<EndpointPort> pending) {
    int pageCount = new WindowLayout(geometry).pageCount();
    Supply.Pages window = link.supply().window(pageCount);
    Supply.Channel channel;
    try {
      channel = link.supply().channel();
    } catch (MxException e) {
      window.close();
      throw e;
    }
    var request = new OpenEndpoint(endpointId, geometry, window.list(), channel.port());
    link.submit(
        new OpenCall(control, link, request, window, channel, pending), control.tasks().nowNs());
  }

  @Override
  void answered(ControlResponse response) {
    if (response.code() != ReturnCode.SUCCESS) {
      giveBack();
      pending.fail(refusal(response));
      return;
    }
    Opened opened = (Opened) response.result(); // The reader made it of this kind of request.
    EventChannel end;
    try {
      window.granted();
      end = channel.granted();
    } catch (XenException e) {
      fail(opened, e);
      return;
    }
    boolean meant =
        opened.endpointId() == request.endpointId() && opened.geometry().equals(request.geometry());
    if (timedOut() || !meant) {
      // Nobody waits for it any more: closed again, and given back only after that.
      pending.fail(
          new MxException(
              ReturnCode.FAILURE, "the driver domain opened something else: " + opened));
      undo(opened);
      return;
    }
    PortSleep sleep;
    try {
      sleep = control.sleeps().apply(end);
    } catch (XenException e) {
      fail(opened, e);
      return;
    }
    pending.complete(new VmPort(control, link, opened, window, end, sleep));
  }

  private void fail(Opened opened, XenException e) {
    pending.fail(new MxException(ReturnCode.NO_RESOURCES, String.valueOf(e.getMessage()), e));
    undo(opened);
  }

  @Override
  void late(MxException timeout) {
    pending.fail(timeout);
  }

  @Override
  void lost(MxException cause) {
    giveBack();
    pending.fail(cause);
  }

  private void undo(Opened opened) {
    link.submit(
        new Undo(new ControlRequest.CloseEndpoint(opened.endpointId(), opened.session())),
        control.tasks().nowNs());
  }

  private void giveBack() {
    channel.close();
    window.close();
  }

  /** Closes an endpoint that was opened and is of no use. */
  private final class Undo extends Call {

    Undo(ControlRequest.CloseEndpoint close) {
      super(close);
    }

    @Override
    void answered(ControlResponse response) {
      giveBack();
    }

    @Override
    void late(MxException timeout) {}

    @Override
    void lost(MxException cause) {
      giveBack();
    }
  }
}
