package io.myrixen.driver.fleet;

import io.myrixen.driver.fleet.StreamMeasurement.Plan;
import io.myrixen.driver.guest.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one size measured between two guests.
 *
 * @param sizeBytes payload of each message
 * @param rttP50Us median of the full round trip, microseconds
 * @param rttP99Us 99th percentile of the same
 * @param gbytesPerSecond 10^9 payload bytes a second, sixteen messages under way
 */
public record EchoMeasurement(
    int sizeBytes, double rttP50Us, double rttP99Us, double gbytesPerSecond) {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Enough for a 99th percentile of small messages; few enough to be done in a blink. */
  private static final int MOST_ECHOES = 4_000;

  private static final int FEWEST_ECHOES = 100;
  private static final long ECHO_BYTES = 64L << 20;

  private static final int MOST_STREAMED = 20_000;
  private static final int FEWEST_STREAMED = 64;
  private static final long STREAM_BYTES = 256L << 20;

  /**
   * Measures each size between two guests that are connected.
   *
   * @param count echoes and streamed messages of each size, or 0 for numbers that fit the size
   * @throws GuestFailedException if one of them dies
   */
  public static List<EchoMeasurement> measure(
      ToldGuest active, ToldGuest passive, int count, int... sizes) throws InterruptedException {
    var measured = new ArrayList<EchoMeasurement>();
    for (int size : sizes) {
      long echoes = count > 0 ? count : count(size, ECHO_BYTES, FEWEST_ECHOES, MOST_ECHOES);
      Line values = Line.of("measure").with("size", size).with("echoes", echoes);
      passive.send(new Line("echo", values.values()).with("peer", active.index()));
      active.send(values.with("peer", passive.index()));
      Line result = active.await("measured", LIMIT);
      if (result == null || passive.await("echoed", LIMIT) == null) {
        throw new GuestFailedException(
            "%s died while it was measured"
                .formatted(result == null ? active.name() : passive.name()));
      }
      long streamed = count > 0 ? count : count(size, STREAM_BYTES, FEWEST_STREAMED, MOST_STREAMED);
      StreamMeasurement stream =
          StreamMeasurement.measure(active, passive, size, new Plan(false, streamed, 0));
      measured.add(
          new EchoMeasurement(
              size,
              result.fraction("rttP50Us"),
              result.fraction("rttP99Us"),
              stream.gbytesPerSecond()));
    }
    return measured;
  }

  private static long count(int size, long totalBytes, int fewest, int most) {
    return Math.clamp(totalBytes / Math.max(1, size), fewest, most);
  }

  /** For machines. */
  public Map<String, Object> json() {
    var object = new LinkedHashMap<String, Object>();
    object.put("size", sizeBytes);
    object.put("rtt_p50_us", rttP50Us);
    object.put("rtt_p99_us", rttP99Us);
    object.put("bandwidth_gbytes_s", gbytesPerSecond);
    return object;
  }
}
