package io.myrixen.simulation;

import io.myrixen.mx.wire.WireProfile;
import io.myrixen.nic.NicContext;
import io.myrixen.simulation.network.LinkSpeed;
import io.myrixen.simulation.network.SwitchConfig;

/**
 * What a simulated system is like.
 *
 * @param seed everything that chance decides in it follows from this
 * @param clockOriginNs what clocks read at the beginning
 * @param nic settings of each NIC
 * @param profile which MXoE the NICs speak
 * @param network the switch between them
 */
public record SystemConfig(
    long seed, long clockOriginNs, NicContext nic, WireProfile profile, SwitchConfig network) {

  /** 1 MiB is what a switch of a few dozen ports gives to one of them. */
  public static final long QUEUE_BYTES = 1 << 20;

  /** Near the wrap of a signed 64-bit clock, which a real one may be as well. */
  private static final long CLOCK_ORIGIN_NS = Long.MAX_VALUE - 1_000_000_000L;

  private static final long TEN_GIGABIT = 10_000_000_000L;
  private static final long LATENCY_NS = 5_000;

  /** Returns a system on a fast network without faults. */
  public static SystemConfig standard() {
    return new SystemConfig(
        0,
        CLOCK_ORIGIN_NS,
        NicContext.fromSystemProperties(),
        WireProfile.MX_WIRE,
        new SwitchConfig(
            new LinkSpeed(TEN_GIGABIT, LATENCY_NS),
            QUEUE_BYTES,
            SwitchConfig.RECEIVE_FRAMES,
            WireProfile.MX_WIRE.maxFrameBytes(),
            SwitchConfig.LIFETIME_NS));
  }
}
