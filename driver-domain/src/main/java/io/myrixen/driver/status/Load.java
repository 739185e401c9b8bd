package io.myrixen.driver.status;

import io.myrixen.driver.service.CounterNames;
import io.myrixen.driver.service.DriverCounters;
import io.myrixen.driver.service.DriverCounters.EndpointId;
import io.myrixen.nic.NicCounter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the NIC did between two readings of its counters, per second. */
public final class Load {

  /** Far more than the interval at which counters are published. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final DriverCounters before;
  private final DriverCounters now;

  /** Compares two readings of one driver domain. */
  Load(DriverCounters before, DriverCounters now) {
    this.before = before;
    this.now = now;
  }

  /**
   * Looks for {@code interval} at the driver domain that publishes in {@code runDirectory}.
   *
   * @return null if none does, or it does no more
   */
  static @Nullable Load measure(Path runDirectory, Duration interval) throws InterruptedException {
    try {
      DriverCounters before = DriverCounters.readFresh(runDirectory, LIMIT);
      Thread.sleep(interval);
      return new Load(before, DriverCounters.readFresh(runDirectory, LIMIT));
    } catch (IOException | TimeoutException _) {
      return null;
    }
  }

  /** What the later reading says. */
  public DriverCounters now() {
    return now;
  }

  /** Time between the readings, in seconds. */
  public double seconds() {
    return grown(CounterNames.NIC_TIME_NS) / 1e9;
  }

  /** How long the NIC's thread has run, in milliseconds. */
  public long uptimeMs() {
    return now.value(CounterNames.NIC_TIME_NS) / 1_000_000;
  }

  /** Share of the time in which the NIC's thread had work, 0 to 1. */
  public double busyShare() {
    long timeNs = grown(CounterNames.NIC_TIME_NS);
    long busyNs = timeNs - grown(CounterNames.NIC_IDLE_NS);
    return timeNs <= 0 ? 0 : Math.clamp((double) busyNs / timeNs, 0, 1);
  }

  /** Messages that the NIC took in a second. */
  public double messagesPerSecond() {
    return rate(now.nic(NicCounter.MESSAGES) - before.nic(NicCounter.MESSAGES));
  }

  /** Payload bytes that the NIC moved in a second. */
  public double bytesPerSecond() {
    return rate(bytes(now) - bytes(before));
  }

  private static long bytes(DriverCounters counters) {
    return counters.nic(NicCounter.BYTES) + counters.nic(NicCounter.PULLED_BYTES);
  }

  /** Event channels that the NIC raised in a second, towards VMs that slept. */
  public double notificationsPerSecond() {
    return rate(now.nic(NicCounter.NOTIFICATIONS) - before.nic(NicCounter.NOTIFICATIONS));
  }

  /**
   * What one endpoint did in a second.
   *
   * @param sentMessages messages taken from it
   * @param sentBytes payload taken from it; large messages move with their receiver's pull
   * @param pulledBytes payload of large messages moved to it
   */
  public record OfEndpoint(
      EndpointId endpoint, double sentMessages, double sentBytes, double pulledBytes) {}

  /** Every endpoint that is open now. */
  public List<OfEndpoint> endpoints() {
    var load = new ArrayList<OfEndpoint>();
    for (EndpointId endpoint : now.endpoints()) {
      load.add(
          new OfEndpoint(
              endpoint,
              rate(grown(endpoint, NicCounter.MESSAGES)),
              rate(grown(endpoint, NicCounter.BYTES)),
              rate(grown(endpoint, NicCounter.PULLED_BYTES))));
    }
    return load;
  }

  private long grown(String name) {
    return now.value(name) - before.value(name);
  }

  /** An endpoint that was closed and opened again between the readings has begun anew. */
  private long grown(EndpointId endpoint, NicCounter counter) {
    long count = now.endpoint(endpoint, counter);
    long earlier = before.endpoint(endpoint, counter);
    return count < earlier ? count : count - earlier;
  }

  private double rate(long count) {
    return seconds() <= 0 ? 0 : count / seconds();
  }
}
