package io.myrixen.driver.fleet;

import io.myrixen.driver.guest.Line;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a stream of messages of one size achieved between two guests; all of them arrived whole.
 *
 * @param sizeBytes payload of each message
 * @param fresh whether the sender rewrote its buffer before each message
 * @param messages messages that were timed
 * @param seconds from the first one until the receiver had said that the last one has come
 */
public record StreamMeasurement(int sizeBytes, boolean fresh, long messages, double seconds) {

  /**
   * How much is streamed.
   *
   * @param fresh whether the sender rewrites its buffer before each message
   * @param count messages to time, or 0 for as many as take {@code seconds}
   * @param seconds used if {@code count} is 0
   */
  public record Plan(boolean fresh, long count, double seconds) {}

  /** On top of the time that was asked for: for warming up, and for what has a count alone. */
  private static final Duration SLACK = Duration.ofMinutes(2);

  /**
   * Streams from one guest to another that it is connected with.
   *
   * @throws GuestFailedException if one of them dies, or a message did not arrive as it was sent
   */
  public static StreamMeasurement measure(ToldGuest sender, ToldGuest receiver, int size, Plan plan)
      throws InterruptedException {
    Line what = Line.of("receivestream").with("size", size).with("fresh", plan.fresh());
    receiver.send(what.with("peer", sender.index()));
    sender.send(
        new Line("sendstream", what.values())
            .with("count", plan.count())
            .with("seconds", plan.seconds())
            .with("peer", receiver.index()));
    Duration limit = SLACK.plusMillis((long) (2_000 * plan.seconds()));
    Line sent = sender.await("streamsent", limit);
    Line received = receiver.await("streamreceived", limit);
    if (sent == null || received == null) {
      throw new GuestFailedException(
          "%s died while it streamed".formatted(sent == null ? sender.name() : receiver.name()));
    }
    long wrong = received.number("wrong");
    if (wrong > 0) {
      throw new GuestFailedException(
          "%d of %d messages of %d bytes did not arrive as %s sent them"
              .formatted(wrong, received.number("messages"), size, sender.name()));
    }
    return new StreamMeasurement(
        size, plan.fresh(), sent.number("messages"), sent.fraction("seconds"));
  }

  /** 10^9 payload bytes a second. */
  public double gbytesPerSecond() {
    return sizeBytes * (double) messages / seconds / 1e9;
  }

  /** 10^6 messages a second. */
  public double mmessagesPerSecond() {
    return messages / seconds / 1e6;
  }

  /** For machines. */
  public Map<String, Object> json() {
    var object = new LinkedHashMap<String, Object>();
    object.put("size", sizeBytes);
    object.put(fresh ? "bandwidth_fresh_gbytes_s" : "bandwidth_gbytes_s", gbytesPerSecond());
    object.put("rate_mmsg_s", mmessagesPerSecond());
    object.put("messages", messages);
    object.put("seconds", seconds);
    return object;
  }
}
