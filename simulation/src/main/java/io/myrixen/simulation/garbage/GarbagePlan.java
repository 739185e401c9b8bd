package io.myrixen.simulation.garbage;

import io.myrixen.simulation.network.Switch;
import io.myrixen.simulation.time.Agenda;
import io.myrixen.simulation.time.Alarm;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Puts garbage into a network for a while. Some ports may get anything, the others only what can be
 * told from what an honest board sends.
 */
public final class GarbagePlan {

  private static final int FRAMES = 3_000;
  private static final long LONGEST_GAP_NS = 100_000;

  /** Addresses that the same strangers use again and again. */
  private static final int STRANGERS = 40;

  private static final long FIRST_STRANGER = 0x0255_0000_0000L;

  /** Not of a group. */
  private static final long ADDRESS_MASK = 0xFEFF_FFFF_FFFFL;

  /** A port and the boards behind it. */
  public record Target(int port, List<Long> stations, boolean mayBeHarmed) {}

  private final Switch network;
  private final List<Target> targets;
  private final Harm harm;
  private final RandomGenerator random;
  private final Recording recording;
  private final Mutation mutation;
  private final Noise noise;
  private final Alarm next;
  private int left = FRAMES;
  private long harmful;

  /** Makes a plan; {@code harm} says what is kept away from ports that are not to be harmed. */
  public GarbagePlan(
      Agenda agenda,
      Switch network,
      int maxFrameBytes,
      List<Target> targets,
      Harm harm,
      RandomGenerator random) {
    this.network = network;
    this.targets = List.copyOf(targets);
    this.harm = harm;
    this.random = random;
    recording = new Recording(random);
    mutation = new Mutation(random, maxFrameBytes);
    noise = new Noise(random, maxFrameBytes);
    next = agenda.alarm(this::inject);
  }

  /** Begins to listen, and to inject. */
  public void start() {
    network.tap(recording);
    next.setIn(random.nextLong(LONGEST_GAP_NS));
  }

  /** Whether everything has been injected. */
  public boolean over() {
    return left == 0;
  }

  /** Frames that could have done harm that nobody can prevent, and were for who may be harmed. */
  public long harmful() {
    return harmful;
  }

  private void inject() {
    Target target = targets.get(random.nextInt(targets.size()));
    byte[] frame = draw(target);
    boolean possible = harm.possible(frame);
    if (target.mayBeHarmed() || !possible) {
      network.inject(frame, target.port());
      harmful += possible ? 1 : 0;
      left--;
    }
    if (left > 0) {
      next.setIn(1 + random.nextLong(LONGEST_GAP_NS));
    }
  }

  private byte[] draw(Target target) {
    long to = target.stations().get(random.nextInt(target.stations().size()));
    if (recording.isEmpty() || random.nextInt(5) == 0) {
      return noise.next(to, random.nextBoolean() ? stranger() : station());
    }
    byte[] frame = recording.draw();
    if (random.nextInt(4) == 0) { // Else it goes to whom it was sent, if that is behind the port.
      Mutation.address(frame, 0, to);
    }
    return mutation.of(frame, stranger());
  }

  private long station() {
    List<Long> stations = targets.get(random.nextInt(targets.size())).stations();
    return stations.get(random.nextInt(stations.size()));
  }

  private long stranger() {
    return random.nextBoolean()
        ? FIRST_STRANGER + random.nextInt(STRANGERS)
        : random.nextLong() & ADDRESS_MASK;
  }
}
