package io.myrixen.driver.guest;

import io.myrixen.mx.Endpoint;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A guest's part in measurements between two: does what lines say. Confined to the endpoint's
 * thread.
 */
final class Measuring {

  private final Peers peers;
  private final int self;
  private final PingPong pingPong;
  private final Stream stream;

  /**
   * Measures as guest {@code self} with those in {@code peers}.
   *
   * @param memory {@link #memoryBytes} for the largest message
   */
  Measuring(Endpoint endpoint, Peers peers, int self, MemorySegment memory) {
    this.peers = peers;
    this.self = self;
    Waiting waiting = new Waiting(endpoint, peers);
    this.pingPong = new PingPong(endpoint, waiting, memory);
    this.stream = new Stream(endpoint, waiting, memory);
  }

  /** What messages of up to {@code maxBytes} need. */
  static long memoryBytes(long maxBytes) {
    return Stream.memoryBytes(maxBytes);
  }

  /** Does what {@code command} says and tells what came of it; null if it is no measurement. */
  @Nullable Line answer(Line command) {
    return switch (command.verb()) {
      case "measure" -> pingPong.active(pair(command), number(command, "size"), echoes(command));
      case "echo" -> pingPong.passive(pair(command), number(command, "size"), echoes(command));
      case "sendstream" ->
          stream.send(
              pair(command),
              number(command, "size"),
              fresh(command),
              command.number("count"),
              command.fraction("seconds"));
      case "receivestream" ->
          stream.receive(pair(command), number(command, "size"), fresh(command));
      default -> null;
    };
  }

  Stream.Pair pair(Line command) {
    int peer = number(command, "peer");
    return new Stream.Pair(peers.address(peer), self, peer);
  }

  private static int echoes(Line command) {
    return number(command, "echoes");
  }

  private static boolean fresh(Line command) {
    return Boolean.parseBoolean(command.text("fresh"));
  }

  private static int number(Line command, String key) {
    return Math.toIntExact(command.number(key));
  }
}
