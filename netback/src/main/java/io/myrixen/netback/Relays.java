package io.myrixen.netback;

import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.Waiter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The relays of all endpoints whose messages pass through netback, and their sleep, which is that
 * of the NIC over again: towards a VM netback is the NIC, towards the NIC it is a VM. Confined to
 * netback's thread.
 */
final class Relays implements Coupling.Factory {

  /**
   * How long room that has been made may go unnoticed, since nobody gives notice of it: as long as
   * the NIC lets it.
   */
  private static final long POLL_INTERVAL_NS = 1_000_000;

  private final Waiter waiter;
  private final Runnable wakeNic;
  private final List<WindowRelay> relays = new ArrayList<>();

  /**
   * Begins without relays.
   *
   * @param waiter what netback's thread sleeps on
   * @param wakeNic ends the sleep of the NIC's thread
   */
  Relays(Waiter waiter, Runnable wakeNic) {
    this.waiter = waiter;
    this.wakeNic = wakeNic;
  }

  @Override
  public Coupling couple(MemorySegment window, WindowGeometry geometry, EventChannel channel) {
    var relay = new WindowRelay(window, geometry, channel, wakeNic);
    relays.add(relay);
    waiter.add(channel);
    return new Relayed(relay);
  }

  /** An endpoint of whose window the NIC sees a relay's. */
  private final class Relayed implements Coupling {

    private final WindowRelay relay;

    Relayed(WindowRelay relay) {
      this.relay = relay;
    }

    @Override
    public MemorySegment window() {
      return relay.window();
    }

    @Override
    public Runnable doorbell() {
      return waiter::wakeUp;
    }

    @Override
    public CompletableFuture<Void> end() {
      relays.remove(relay);
      waiter.remove(relay.channel());
      relay.close();
      return CompletableFuture.completedFuture(null);
    }
  }

  boolean any() {
    return !relays.isEmpty();
  }

  /** Carries what is there; returns how much there was to do. */
  int doWork() {
    int work = 0;
    for (int i = 0; i < relays.size(); i++) {
      work += relays.get(i).doWork();
    }
    return work;
  }

  /**
   * Tells everybody that netback sleeps, and looks once more.
   *
   * @return false if there was work after all: everybody has been told that it is awake
   */
  boolean prepareToSleep() {
    asleep(true);
    // A full fence lies between the flags and this look: who wrote before sees the flag.
    if (doWork() == 0) {
      return true;
    }
    asleep(false);
    return false;
  }

  /** How long netback may sleep if nobody wakes it. */
  long longestSleepNs() {
    for (int i = 0; i < relays.size(); i++) {
      if (relays.get(i).waiting()) {
        return POLL_INTERVAL_NS;
      }
    }
    return Long.MAX_VALUE;
  }

  /** Tells everybody that netback is awake, and takes the notifications that are pending. */
  void awake() {
    asleep(false);
    for (int i = 0; i < relays.size(); i++) {
      EventChannel channel = relays.get(i).channel();
      channel.drain();
      if (channel.peerGone()) {
        waiter.remove(channel); // It would wake this thread for ever. The ring or the store tells.
      }
    }
  }

  private void asleep(boolean asleep) {
    for (int i = 0; i < relays.size(); i++) {
      relays.get(i).asleep(asleep);
    }
  }
}
