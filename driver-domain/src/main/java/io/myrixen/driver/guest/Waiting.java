package io.myrixen.driver.guest;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import java.time.Duration;

/** Waits for requests, bounded, and no longer for receives from a peer that died. */
final class Waiting {

  /** How a wait ended. */
  enum End {
    /** The status holds the outcome. */
    ENDED,
    /** A receive was taken back, since its sender is dead. */
    SENDER_DEAD,
    /** Nothing came for {@link #LIMIT}. */
    TIMED_OUT
  }

  /** Longer than the time after which the library itself gives a silent partner up. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** How soon a death is acted upon if the wake-up that tells it fell between two waits. */
  private static final Duration SLICE = Duration.ofMillis(200);

  private final Endpoint endpoint;
  private final Peers peers;

  Waiting(Endpoint endpoint, Peers peers) {
    this.endpoint = endpoint;
    this.peers = peers;
  }

  /** Waits for a send: towards the dead it ends by itself, with a status. */
  End forSend(Request request, Status status) {
    long startNs = System.nanoTime();
    while (!endpoint.await(request, SLICE, status)) {
      if (System.nanoTime() - startNs > LIMIT.toNanos()) {
        return End.TIMED_OUT;
      }
    }
    return End.ENDED;
  }

  /** Waits for a receive from guest {@code sender}, which may never send it. */
  End forReceive(Request request, int sender, Status status) {
    return forReceive(request, sender, LIMIT, status);
  }

  /** As the other one, for at most {@code limit}. */
  End forReceive(Request request, int sender, Duration limit, Status status) {
    long startNs = System.nanoTime();
    boolean late = false;
    // What has been matched cannot be taken back: it ends by itself.
    while (!(late || peers.dead(sender)) || !endpoint.cancel(request)) {
      if (endpoint.await(request, SLICE, status)) {
        return End.ENDED;
      }
      long silentNs = System.nanoTime() - startNs;
      late = silentNs > limit.toNanos();
      peers.silent(sender, silentNs);
    }
    return late ? End.TIMED_OUT : End.SENDER_DEAD;
  }

  /**
   * Waits for a send that must end well.
   *
   * @throws MxException if it does not
   */
  void sent(Request request, Status status) {
    require(forSend(request, status), status);
  }

  /**
   * Waits for a receive from guest {@code sender} that must end well.
   *
   * @throws MxException if it does not
   */
  void received(Request request, int sender, Status status) {
    require(forReceive(request, sender, status), status);
  }

  private static void require(End end, Status status) {
    switch (end) {
      case ENDED -> {
        if (!status.ok()) {
          throw new MxException(ReturnCode.FAILURE, "the request ended with " + status);
        }
      }
      case SENDER_DEAD -> throw new MxException(ReturnCode.FAILURE, "the other guest is dead");
      case TIMED_OUT ->
          throw new MxException(ReturnCode.TIMEOUT, "nothing came for " + LIMIT.toSeconds() + " s");
    }
  }
}
