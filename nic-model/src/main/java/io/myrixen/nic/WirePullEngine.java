package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.wire.Frame;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.NanoClock;

/** Both ends of pulls over a wire: those of our VMs from peers, and those of peers from our VMs. */
final class WirePullEngine implements WirePulls {

  private final Puller puller;
  private final Replier replier;

  WirePullEngine(
      Transmitter transmitter,
      Discovery discovery,
      Bells bells,
      FaultSink faults,
      NanoClock clock,
      RandomGenerator random,
      NicContext context) {
    puller = new Puller(transmitter, discovery, bells, faults, clock, random, context);
    replier = new Replier(transmitter, bells, faults, clock, context);
  }

  @Override
  public boolean begin(NicEndpoint endpoint, Descriptor command, RemoteBoard to) {
    return puller.begin(endpoint, command, to);
  }

  @Override
  public boolean canBegin(NicEndpoint endpoint) {
    return puller.canBegin(endpoint);
  }

  @Override
  public void pull(Frame frame, RemoteBoard from, LocalBoard to) {
    replier.requested(frame, from, to);
  }

  @Override
  public void pullReply(
      Frame frame, MemorySegment memory, long offset, RemoteBoard from, LocalBoard to) {
    puller.reply(frame, memory, offset, from, to);
  }

  @Override
  public void nackMcp(Frame frame, RemoteBoard from, LocalBoard to) {
    puller.refused(frame, from, to);
  }

  @Override
  public int doWork() {
    replier.doWork();
    return puller.doWork();
  }

  @Override
  public long advance(VmShare vm) {
    return replier.advance(vm);
  }

  @Override
  public boolean ready() {
    return puller.ready() || replier.ready();
  }

  @Override
  public long longestSleepNs() {
    return puller.longestSleepNs();
  }

  @Override
  public void closed(NicEndpoint endpoint) {
    puller.closed(endpoint);
    replier.closed(endpoint);
  }

  @Override
  public void removed(Region region) {
    puller.removed(region);
    replier.removed(region);
  }

  @Override
  public void detached() {
    puller.detached();
    replier.detached();
  }
}
