package io.myrixen.driver.service;

import io.myrixen.driver.counters.CountersReader;
import io.myrixen.nic.NicCounter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/** What a driver domain has published of itself, as read once. What is not there counts as 0. */
public final class DriverCounters {

  private final Map<String, Long> values;
  private final SortedMap<Long, Map<NicCounter, Long>> boards = new TreeMap<>();
  private final SortedMap<EndpointId, Map<NicCounter, Long>> endpoints = new TreeMap<>();

  /** An endpoint that is open. */
  public record EndpointId(long nicId, int endpointId) implements Comparable<EndpointId> {

    private static final Comparator<EndpointId> ORDER =
        Comparator.comparingLong(EndpointId::nicId).thenComparingInt(EndpointId::endpointId);

    @Override
    public int compareTo(EndpointId other) {
      return ORDER.compare(this, other);
    }
  }

  /** Sorts {@code values} as they stand in the file. */
  DriverCounters(Map<String, Long> values) {
    this.values = values;
    values.forEach((name, value) -> {
      CounterNames.OfBoard board = CounterNames.boardOf(name);
      CounterNames.OfEndpoint endpoint = CounterNames.endpointOf(name);
      if (board != null) {
        put(boards, board.nicId(), board.counter(), value);
      } else if (endpoint != null) {
        put(endpoints, endpoint.endpoint(), endpoint.counter(), value);
      }
    });
  }

  private static <K> void put(
      Map<K, Map<NicCounter, Long>> counts, K key, NicCounter counter, long value) {
    counts.computeIfAbsent(key, _ -> new EnumMap<>(NicCounter.class)).put(counter, value);
  }

  /**
   * Reads what was published last.
   *
   * @throws IOException if no driver domain publishes anything in {@code runDirectory}
   */
  public static DriverCounters read(Path runDirectory) throws IOException {
    try (CountersReader reader = CountersReader.open(runDirectory.resolve(CounterNames.FILE))) {
      return new DriverCounters(reader.read());
    }
  }

  /**
   * Reads what was counted after this call began.
   *
   * @throws IOException if no driver domain publishes anything in {@code runDirectory}
   * @throws TimeoutException if it does no more: it is dead, or stopped
   */
  public static DriverCounters readFresh(Path runDirectory, Duration timeout)
      throws IOException, TimeoutException {
    try (CountersReader reader = CountersReader.open(runDirectory.resolve(CounterNames.FILE))) {
      return new DriverCounters(reader.readFresh(timeout));
    }
  }

  /** One of {@link CounterNames}. */
  public long value(String name) {
    return values.getOrDefault(name, 0L);
  }

  /** What the whole NIC has counted since it began. */
  public long nic(NicCounter counter) {
    return value(CounterNames.nic(counter));
  }

  /** What the board has counted since it was added. */
  public long board(long nicId, NicCounter counter) {
    return boards.getOrDefault(nicId, Map.of()).getOrDefault(counter, 0L);
  }

  /** What the endpoint has counted since it was opened. */
  public long endpoint(EndpointId endpoint, NicCounter counter) {
    return endpoints.getOrDefault(endpoint, Map.of()).getOrDefault(counter, 0L);
  }

  /** The endpoints that are open, in order. */
  public Iterable<EndpointId> endpoints() {
    return endpoints.keySet();
  }
}
