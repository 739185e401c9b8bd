package io.myrixen.simulation.campaign;

import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.wire.WireProfile;
import io.myrixen.nic.NicContext;
import io.myrixen.simulation.SimulatedSystem;
import io.myrixen.simulation.SystemConfig;
import io.myrixen.simulation.network.LinkFaults;
import io.myrixen.simulation.network.LinkSpeed;
import io.myrixen.simulation.network.SwitchConfig;
import io.myrixen.simulation.traffic.Pace;
import io.myrixen.simulation.traffic.Place;
import io.myrixen.simulation.traffic.Traffic;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What a seed stands for: how large the system is, how fast, and how much goes wrong by chance.
 *
 * @param system NICs and switch
 * @param nics how many NICs
 * @param vmsOnEach VMs on each of them
 * @param boardsOfEach boards of each VM
 * @param endpointsOnEach endpoints of each board
 * @param messages how many are sent in all
 * @param links what goes wrong on each link
 * @param options what all endpoints have in common
 * @param crowded whether one application of each NIC is sent more than it takes
 */
record Scenario(
    SystemConfig system,
    int nics,
    int vmsOnEach,
    int boardsOfEach,
    int endpointsOnEach,
    int messages,
    LinkFaults links,
    EndpointOptions options,
    boolean crowded) {

  private static final int MESSAGES = 2_000;
  private static final int CALM_MESSAGES = 500;
  private static final int FEWEST_ENDPOINTS = 8;

  /**
   * Of so many seeds one has queues of the switch that overflow at any burst, another one such
   * rings of the NICs, and one such queues of the endpoints: a hundred seeds in a row have some.
   */
  private static final int TURNS = 16;

  private static final int NARROW_QUEUE = 1;
  private static final int CROWDED = 5;
  private static final int NARROW_RING = 9;
  private static final int NARROW_RING_FRAMES = 4;
  private static final long GIGABIT = 1_000_000_000L;

  static Scenario draw(long seed, RandomGenerator random) {
    int nics = 2 + (random.nextInt(4) == 0 ? 1 : 0);
    int vms = 2;
    int boards = 1 + random.nextInt(2);
    int endpoints = Math.max(1, FEWEST_ENDPOINTS / (nics * vms * boards));
    if (nics * vms * boards * endpoints < FEWEST_ENDPOINTS) {
      endpoints++;
    }
    EndpointOptions options =
        EndpointOptions.fromEnvironment()
            .withRequestTimeout(Duration.ofSeconds(random.nextInt(8) == 0 ? 4 : 60));
    return new Scenario(
        system(seed, random),
        nics,
        vms,
        boards,
        endpoints,
        MESSAGES,
        links(random),
        options,
        turn(seed) == CROWDED);
  }

  /** Two NICs between which nothing gets lost by chance. */
  static Scenario calm(long seed, RandomGenerator random) {
    return new Scenario(
        system(seed, random),
        2,
        2,
        1,
        2,
        CALM_MESSAGES,
        LinkFaults.NONE,
        EndpointOptions.fromEnvironment(),
        false);
  }

  /** Adds the NICs to an empty system, with their VMs and boards. */
  void build(SimulatedSystem empty) {
    for (int nic = 0; nic < nics; nic++) {
      var _ = empty.addNic();
      for (int vm = 0; vm < vmsOnEach; vm++) {
        var _ = empty.addVm(boardsOfEach);
      }
    }
  }

  /** Adds an application for each endpoint; each has its part of the messages to send. */
  void populate(Traffic traffic, SplittableRandom random) {
    int count = nics * vmsOnEach * boardsOfEach * endpointsOnEach;
    for (int i = 0; i < count; i++) {
      int rest = i;
      int nic = rest % nics;
      rest /= nics;
      int vm = rest % vmsOnEach;
      rest /= vmsOnEach;
      int board = rest % boardsOfEach;
      int id = rest / boardsOfEach;
      var place = new Place(nic, vm, board, id, SimulatedSystem.nicId(nic, vm, board));
      int quota = messages * (i + 1) / count - messages * i / count;
      var _ = traffic.add(place, random.split(), options, paceOf(i), quota);
    }
  }

  private Pace paceOf(int number) {
    if (!crowded) {
      return Pace.DRAWN;
    }
    return number < nics ? Pace.SLUGGISH : Pace.EAGER;
  }

  private static SystemConfig system(long seed, RandomGenerator random) {
    WireProfile profile =
        switch (random.nextInt(5)) {
          case 0 -> WireProfile.OPEN_MX_9000;
          case 1 -> WireProfile.OPEN_MX_1500;
          default -> WireProfile.MX_WIRE;
        };
    var speed =
        new LinkSpeed(random.nextBoolean() ? 10 * GIGABIT : GIGABIT, 500 + random.nextInt(50_000));
    long queueBytes = random.nextInt(4) == 0 ? 64 << 10 : SystemConfig.QUEUE_BYTES;
    int receiveFrames = SwitchConfig.RECEIVE_FRAMES;
    if (turn(seed) == NARROW_QUEUE) {
      queueBytes = profile.maxFrameBytes(); // Only what two NICs send at once has to wait.
    } else if (turn(seed) == NARROW_RING) {
      receiveFrames = NARROW_RING_FRAMES;
    }
    var network =
        new SwitchConfig(
            speed, queueBytes, receiveFrames, profile.maxFrameBytes(), SwitchConfig.LIFETIME_NS);
    return new SystemConfig(
        seed, random.nextLong(), NicContext.fromSystemProperties(), profile, network);
  }

  private static int turn(long seed) {
    return Math.floorMod(seed, TURNS);
  }

  /** Parts of a million. */
  private static LinkFaults links(RandomGenerator random) {
    int most =
        switch (random.nextInt(4)) {
          case 0 -> 1;
          case 1 -> 1_000;
          case 2 -> 10_000;
          default -> 60_000;
        };
    return new LinkFaults(
        random.nextInt(most),
        random.nextInt(most),
        random.nextInt(most),
        random.nextInt(most),
        1_000 + random.nextLong(2_000_000));
  }
}
