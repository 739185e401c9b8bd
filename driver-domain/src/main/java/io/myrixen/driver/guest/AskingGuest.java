package io.myrixen.driver.guest;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The guest that measures with a {@link ServingGuest}: does its own part in the thread that calls,
 * and tells the other one by messages what to do. Confined to one thread.
 */
public final class AskingGuest implements AutoCloseable {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);

  private static final Duration WELCOME_LIMIT = Duration.ofSeconds(30);

  private final Endpoint endpoint;
  private final Lines lines;
  private final PairMemory memory;
  private final Measuring measuring;
  private final EndpointAddress server;
  private final int self;
  private @Nullable String serverLimit;

  private AskingGuest(
      Endpoint endpoint, EndpointAddress server, Peers peers, int self, long maxBytes) {
    this.endpoint = endpoint;
    this.server = server;
    this.self = self;
    this.lines = new Lines(endpoint, peers);
    this.memory = PairMemory.of(endpoint, Measuring.memoryBytes(maxBytes));
    this.measuring = new Measuring(endpoint, peers, self, memory.segment());
  }

  /**
   * Connects with the guest that serves on board {@code server}.
   *
   * @param server a board's name; {@code vm} stands for {@code vm:0}
   * @param maxBytes the largest message that will be measured, in bytes
   * @throws MxException if nobody serves there in time, or it cannot
   */
  public static AskingGuest connect(Mx mx, String server, long maxBytes) {
    Endpoint endpoint = mx.openEndpoint(Mx.ANY_NIC, Mx.ANY_ENDPOINT, Guest.KEY);
    try {
      EndpointAddress address =
          endpoint.connectWhenOpen(server, Guest.ENDPOINT_ID, Guest.KEY, CONNECT_LIMIT);
      // Even, and new: what came too late for one who asked before is never taken for ours.
      int self = 2 * ThreadLocalRandom.current().nextInt(1, 1 << 15);
      var peers = new Peers(new Watch(endpoint));
      peers.add(ServingGuest.indexFor(self), address);
      var guest = new AskingGuest(endpoint, address, peers, self, maxBytes);
      guest.introduce(maxBytes);
      return guest;
    } catch (MxException e) {
      endpoint.close();
      throw e;
    }
  }

  private void introduce(long maxBytes) {
    tell(Line.of("hello").with("bytes", maxBytes));
    Line answer = hear(WELCOME_LIMIT);
    if (answer.verb().equals("failed")) {
      throw new MxException(ReturnCode.FAILURE, answer.text("what"));
    }
    serverLimit = answer.has("limit") ? answer.text("limit") : null;
  }

  /** Its own index. */
  public int index() {
    return self;
  }

  /** The index of the one that serves. */
  public int serverIndex() {
    return ServingGuest.indexFor(self);
  }

  /** The name of its board. */
  public String hostname() {
    return endpoint.board().hostname();
  }

  /** Why its memory is not registered, so that messages are staged; null if it is. */
  public @Nullable String limit() {
    return memory.limit();
  }

  /** As {@link #limit}, of the one that serves. */
  public @Nullable String serverLimit() {
    return serverLimit;
  }

  /**
   * Does its own part: a line that a {@link Guest} would understand.
   *
   * @return what came of it; or a line that says why it failed
   */
  public Line answer(Line command) {
    try {
      Line answer = measuring.answer(command);
      return answer != null ? answer : Guest.failed(command, "no such command", null);
    } catch (MxException e) {
      return Guest.failed(command, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Tells the one that serves to do something.
   *
   * @throws MxException if it is gone
   */
  public void tell(Line line) {
    lines.say(server, self, line);
  }

  /**
   * Returns what the one that serves says next.
   *
   * @throws MxException with {@code TIMEOUT} if it says nothing in time
   */
  public Line hear(Duration limit) {
    return lines.await(serverIndex(), limit);
  }

  /** Parts with the one that serves, and gives memory and endpoint back. */
  @Override
  public void close() {
    try {
      tell(Line.of("bye"));
    } catch (MxException _) {
      // It is gone itself.
    }
    endpoint.close();
  }
}
