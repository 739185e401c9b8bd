package io.myrixen.mx.endpoint;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.window.NackType;

/** Connects that their caller waits for. Inside the gate. */
final class Connecting {

  /** Pauses between attempts: short at first, since peers mostly start together. */
  private static final long FIRST_PAUSE_NS = 2_000_000L;

  private static final long LAST_PAUSE_NS = 100_000_000L;

  private final Engine engine;
  private final Waiting waiting;

  Connecting(Engine engine, Waiting waiting) {
    this.engine = engine;
    this.waiting = waiting;
  }

  /** Connects once. */
  EndpointAddress connect(long nicId, int endpointId, int key, long timeoutNs, int wakeUps) {
    var request = new EndpointRequest(engine, true);
    start(request, nicId, endpointId, key, 0);
    var status = new Status();
    if (!waiting.await(request, timeoutNs, wakeUps, status)) {
      engine.connector.cancel(request);
      throw new MxException(
          ReturnCode.TIMEOUT, "no answer from %s".formatted(name(nicId, endpointId)));
    }
    if (status.ok()) {
      return status.source();
    }
    throw refusal(status.code(), request.connectNack, nicId, endpointId);
  }

  /** Starts what {@code request} is to connect to. */
  void start(EndpointRequest request, long nicId, int endpointId, int key, long matchInfo) {
    if (nicId >>> 48 != 0) {
      throw new MxException(ReturnCode.NIC_NOT_FOUND, "no NIC has id %016x".formatted(nicId));
    }
    request.start(EndpointRequest.Kind.CONNECT, matchInfo, -1L);
    request.connectNicId = nicId;
    request.connectEndpoint = endpointId;
    request.connectKey = key;
    engine.connector.begin(request);
    engine.ring();
  }

  private static MxException refusal(StatusCode status, int nackType, long nicId, int endpointId) {
    ReturnCode code =
        switch (status) {
          case BAD_KEY -> ReturnCode.BAD_CONNECTION_KEY;
          case BAD_ENDPOINT -> ReturnCode.BAD_ENDPOINT_ID;
          case ENDPOINT_UNREACHABLE ->
              nackType == NackType.NIC_UNREACHABLE ? ReturnCode.NIC_NOT_FOUND : ReturnCode.TIMEOUT;
          default -> ReturnCode.CONNECTION_FAILED;
        };
    return new MxException(code, "%s: %s".formatted(name(nicId, endpointId), status.text()));
  }

  private static String name(long nicId, int endpointId) {
    return "endpoint %d of NIC %012x".formatted(endpointId, nicId);
  }

  /** Connects, again and again while the peer is not there or not open. */
  EndpointAddress connectWhenOpen(
      long nicId, int endpointId, int key, long timeoutNs, int wakeUps) {
    long deadlineNs = engine.nowNs + timeoutNs;
    long pauseNs = FIRST_PAUSE_NS;
    while (true) {
      MxException refused;
      try {
        return connect(nicId, endpointId, key, deadlineNs - engine.nowNs, wakeUps);
      } catch (MxException e) {
        if (!passing(e.code())) {
          throw e;
        }
        refused = e;
      }
      long remainingNs = deadlineNs - engine.nowNs;
      if (remainingNs <= 0 || !pause(Math.min(pauseNs, remainingNs), wakeUps)) {
        throw new MxException(ReturnCode.TIMEOUT, "still refused: " + refused.getMessage());
      }
      pauseNs = longer(pauseNs);
    }
  }

  /** Whether what refused a connect may pass. */
  private static boolean passing(ReturnCode code) {
    return switch (code) {
      case CONNECTION_FAILED, NIC_NOT_FOUND, TIMEOUT -> true;
      default -> false;
    };
  }

  /** Lets time pass. Returns false if a wake-up or interrupt cut it short. */
  boolean pause(long pauseNs, int wakeUps) {
    long untilNs = engine.nowNs + pauseNs;
    waiting.pause(pauseNs, wakeUps);
    engine.look();
    return engine.nowNs - untilNs >= 0;
  }

  static long firstPauseNs() {
    return FIRST_PAUSE_NS;
  }

  static long longer(long pauseNs) {
    return Math.min(2 * pauseNs, LAST_PAUSE_NS);
  }
}
