package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.EndpointInspection;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.board.Pending;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlResponse.Opened;
import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.xen.EventChannel;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An opened endpoint of this process: what it holds is the control thread's to give back. */
final class VmPort implements EndpointPort {

  private final Control control;
  private final Link link;
  private final Opened opened;
  private final Supply.Pages window;
  private final MemorySegment memory;
  private final EventChannel channel;
  private final PortSleep sleep;
  private final AtomicLong raised = new AtomicLong();
  private final Pending<Void> closed = new Pending<>();
  private final Set<VmRegion> regions = new LinkedHashSet<>();
  private volatile boolean detached;
  private volatile @Nullable EndpointInspection inspection;
  private boolean closing;
  private boolean released;

  VmPort(
      Control control,
      Link link,
      Opened opened,
      Supply.Pages window,
      EventChannel channel,
      PortSleep sleep) {
    this.control = control;
    this.link = link;
    this.opened = opened;
    this.window = window;
    this.memory = window.memory();
    this.channel = channel;
    this.sleep = sleep;
    link.add(this);
  }

  @Override
  public int endpointId() {
    return opened.endpointId();
  }

  @Override
  public int sessionId() {
    return opened.session();
  }

  @Override
  public WindowGeometry geometry() {
    return opened.geometry();
  }

  @Override
  public MemorySegment window() {
    return memory;
  }

  @Override
  public void raise() {
    raised.getAndIncrement();
    channel.raise();
  }

  @Override
  public long raised() {
    return raised.get();
  }

  @Override
  public void await(long timeoutNs) {
    if (!detached()) {
      sleep.await(timeoutNs);
    }
  }

  @Override
  public void wakeUp() {
    sleep.wakeUp();
  }

  @Override
  public boolean detached() {
    return detached || sleep.peerGone();
  }

  @Override
  public void inspectedBy(EndpointInspection inspection) {
    this.inspection = inspection;
  }

  /** Who can say what the library does with it, once the library has it. */
  @Nullable EndpointInspection inspection() {
    return inspection;
  }

  @Override
  public Pending<Region> register(long lengthBytes) {
    Pending<Region> pending = new Pending<>();
    long pageCount = (lengthBytes + WindowLayout.PAGE_BYTES - 1) / WindowLayout.PAGE_BYTES;
    if (lengthBytes < 1 || pageCount > ControlRing.MAX_PAGES) {
      pending.fail(new MxException(ReturnCode.BAD_PARAM_VAL, "length of a region: " + lengthBytes));
      return pending;
    }
    control
        .tasks()
        .execute(
            pending,
            () -> {
              if (closing || link.lost()) {
                throw new MxException(
                    ReturnCode.BAD_ENDPOINT, "endpoint %d is closed".formatted(endpointId()));
              }
              Supply.Pages pages = link.supply().region((int) pageCount);
              submit(new RegisterCall(this, pages, lengthBytes, pending));
            });
    return pending;
  }

  @Override
  public Pending<Void> close() {
    control.tasks().execute(closed, this::beginClose);
    return closed;
  }

  private void beginClose() {
    if (!closing) {
      closing = true;
      detach();
      submit(new CloseCall());
    }
  }

  Control control() {
    return control;
  }

  PortSleep sleep() {
    return sleep;
  }

  void submit(Call call) {
    link.submit(call, control.tasks().nowNs());
  }

  /** Takes a region on: it goes with the port at the latest. */
  void adopt(VmRegion region) {
    if (released) {
      region.release();
    } else {
      regions.add(region);
    }
  }

  void abandon(VmRegion region) {
    regions.remove(region);
  }

  /** The window is dead; sleepers wake. It stays readable until the port is closed. */
  void detach() {
    detached = true;
    sleep.wakeUp();
  }

  /** Gives everything back, in reverse order of taking: the NIC touches it no more. Idempotent. */
  void release() {
    if (released) {
      return;
    }
    released = true;
    detached = true;
    List.copyOf(regions).forEach(VmRegion::release);
    regions.clear();
    sleep.close();
    channel.close();
    window.close();
    link.remove(this);
    closed.complete(null);
  }

  private final class CloseCall extends Call {

    CloseCall() {
      super(new ControlRequest.CloseEndpoint(opened.endpointId(), opened.session()));
    }

    @Override
    void answered(ControlResponse response) {
      // A refusal means that it was closed before, for a fault.
      release();
    }

    @Override
    void late(MxException timeout) {
      closed.fail(timeout);
    }

    @Override
    void lost(MxException cause) {
      release();
    }
  }
}
