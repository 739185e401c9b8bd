package io.myrixen.simulation.load;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Mx;
import io.myrixen.mx.wire.WireProfile;
import io.myrixen.nic.NicContext;
import io.myrixen.simulation.SimulatedSystem;
import io.myrixen.simulation.SystemConfig;
import io.myrixen.simulation.network.LinkFaults;
import io.myrixen.simulation.network.LinkSpeed;
import io.myrixen.simulation.network.SwitchConfig;
import io.myrixen.simulation.network.SwitchPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is sent, and how.
 *
 * @param senders how many, each on a NIC of its own; all send to one receiver
 * @param lossPerMillion frames lost, each way
 * @param duration for how long, in virtual time
 * @param registered whether messages lie in registered memory
 * @param seed what chance decides by
 */
public record Load(
    int senders, int lossPerMillion, Duration duration, boolean registered, long seed) {

  /** Messages that each sender has under way. */
  public static final int IN_FLIGHT = 8;

  /** Length of a message, in bytes. */
  public static final int MESSAGE_BYTES = 1 << 20;

  private static final long TEN_GIGABIT = 10_000_000_000L;

  /** Two hops each way: 100 microseconds there and back. */
  private static final long HOP_NS = 25_000;

  private static final int KEY = 1;

  /** Checks every component. */
  public Load {
    if (senders < 1 || senders > 64) {
      throw new IllegalArgumentException("senders must be 1 to 64: " + senders);
    }
    if (lossPerMillion < 0 || lossPerMillion > LinkFaults.MILLION / 2) {
      throw new IllegalArgumentException("at most half can get lost: " + lossPerMillion);
    }
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration must be positive: " + duration);
    }
  }

  /**
   * What arrived.
   *
   * @param messages how many, in order and intact
   * @param bytesPerSecond of virtual time
   */
  public record Arrived(long messages, double bytesPerSecond) {}

  /**
   * Sends for so long, and looks at everything that arrives.
   *
   * @throws io.myrixen.simulation.oracle.ViolationException if a message came twice, out of order
   *     or not as it was sent
   */
  public Arrived run() {
    try (var system = new SimulatedSystem(config())) {
      for (int nic = 0; nic <= senders; nic++) {
        var _ = system.addNic();
        var _ = system.addVm(1);
      }
      system.awaitPeers();
      for (SwitchPort port : system.network().ports()) {
        port.faults(new LinkFaults(lossPerMillion, 0, 0, 0, 0), LinkFaults.NONE);
      }
      return measure(system);
    }
  }

  private SystemConfig config() {
    var network =
        new SwitchConfig(
            new LinkSpeed(TEN_GIGABIT, HOP_NS),
            SystemConfig.QUEUE_BYTES,
            SwitchConfig.RECEIVE_FRAMES,
            WireProfile.MX_WIRE.maxFrameBytes(),
            SwitchConfig.LIFETIME_NS);
    return new SystemConfig(
        seed, 0, NicContext.fromSystemProperties(), WireProfile.MX_WIRE, network);
  }

  private Arrived measure(SimulatedSystem system) {
    EndpointOptions options =
        EndpointOptions.fromEnvironment().withWait(1, Duration.ZERO).withStagingBytes(16L << 20);
    Endpoint to = open(system, 0, options);
    var receiver = new Receiver(system, to, senders, registered);
    List<Sender> all = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      Endpoint from = open(system, i + 1, options);
      var address = from.connect(to.board().nicId(), to.id(), KEY, Duration.ofSeconds(30));
      all.add(new Sender(system, from, address, i, registered));
    }
    long beginNs = system.agenda().nowNs();
    receiver.start();
    all.forEach(Sender::start);
    system.agenda().run(duration.toNanos());
    receiver.stop();
    all.forEach(Sender::stop);
    long passedNs = system.agenda().nowNs() - beginNs;
    double bytesPerSecond = (double) receiver.messages() * MESSAGE_BYTES * 1e9 / passedNs;
    return new Arrived(receiver.messages(), bytesPerSecond);
  }

  private static Endpoint open(SimulatedSystem system, int nic, EndpointOptions options) {
    return Mx.init(system.driver(nic, 0)).openEndpoint(0, 0, KEY, options);
  }
}
