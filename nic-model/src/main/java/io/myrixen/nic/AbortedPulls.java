package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.wire.Frame;
import java.lang.foreign.MemorySegment;

/** A wire that carries no pulls: every one ends at once. */
final class AbortedPulls implements WirePulls {

  private final Bells bells;
  private final Descriptor completion = new Descriptor();

  AbortedPulls(Bells bells) {
    this.bells = bells;
  }

  @Override
  public boolean begin(NicEndpoint puller, Descriptor command, RemoteBoard to) {
    completion.set(command);
    completion.kind = Kind.PULL_DONE;
    completion.length = 0;
    completion.pullStatus(NackType.ABORTED);
    puller.completions().write(completion);
    bells.touch(puller);
    return true;
  }

  @Override
  public boolean canBegin(NicEndpoint puller) {
    return true;
  }

  @Override
  public void pull(Frame frame, RemoteBoard from, LocalBoard to) {}

  @Override
  public void pullReply(
      Frame frame, MemorySegment memory, long offset, RemoteBoard from, LocalBoard to) {}

  @Override
  public void nackMcp(Frame frame, RemoteBoard from, LocalBoard to) {}

  @Override
  public int doWork() {
    return 0;
  }

  @Override
  public long advance(VmShare vm) {
    return 0;
  }

  @Override
  public boolean ready() {
    return false;
  }

  @Override
  public long longestSleepNs() {
    return Long.MAX_VALUE;
  }

  @Override
  public void closed(NicEndpoint endpoint) {}

  @Override
  public void removed(Region region) {}

  @Override
  public void detached() {}
}
