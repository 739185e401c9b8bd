package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ReceivedResponse;
import io.myrixen.xen.ring.PeerFaultException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The front end of the control path: sends calls as slots come free, in order, and hands out the
 * answers. Confined to the control thread.
 */
final class ControlClient {

  private final Transport transport;
  private final long timeoutNs;
  private final ArrayDeque<Call> waiting = new ArrayDeque<>();
  private final Int2ObjectHashMap<Call> sent = new Int2ObjectHashMap<>();
  private int lastRequestId;

  ControlClient(Transport transport, long timeoutNs) {
    this.transport = transport;
    this.timeoutNs = timeoutNs;
  }

  /** Sends {@code call}, now or when the ring has room. */
  void submit(Call call, long nowNs) {
    call.begin(nowNs + timeoutNs);
    waiting.add(call);
  }

  /**
   * Sends what waits, takes answers, ends what has taken too long.
   *
   * @return how much there was to do; 0 only if the next answer will notify
   * @throws PeerFaultException if the driver domain broke the protocol
   */
  int doWork(long nowNs) {
    transport.drain();
    int work = takeAnswers();
    work += send();
    work += expire(nowNs);
    return work + (transport.finalCheck() ? 1 : 0);
  }

  /** Returns nanoseconds to the next time-out, or {@code Long.MAX_VALUE}. */
  long nextDeadlineNs(long nowNs) {
    long next = Long.MAX_VALUE;
    for (Call call : sent.values()) {
      if (!call.timedOut()) {
        next = Math.min(next, Math.max(0, call.deadlineNs() - nowNs));
      }
    }
    for (Call call : waiting) {
      next = Math.min(next, Math.max(0, call.deadlineNs() - nowNs));
    }
    return next;
  }

  /** Ends every call: nobody will answer any more. */
  void lose(MxException cause) {
    List<Call> calls = new ArrayList<>(sent.values());
    calls.addAll(waiting);
    sent.clear();
    waiting.clear();
    for (Call call : calls) {
      call.lost(cause);
    }
  }

  private int takeAnswers() {
    int count = 0;
    for (ReceivedResponse received = transport.poll();
        received != null;
        received = transport.poll()) {
      count++;
      switch (received) {
        case ReceivedResponse.Malformed(var id, var field, var value) ->
            throw new PeerFaultException(
                "response %d has %s %d".formatted(Integer.toUnsignedLong(id), field, value));
        case ControlResponse response -> {
          Call call = sent.get(response.requestId());
          if (call == null || call.request().kind().code() != response.kindCode()) {
            throw new PeerFaultException(
                "response %d of kind %d answers no request"
                    .formatted(Integer.toUnsignedLong(response.requestId()), response.kindCode()));
          }
          sent.remove(response.requestId());
          call.answered(response);
        }
      }
    }
    return count;
  }

  private int send() {
    int count = 0;
    while (!waiting.isEmpty() && transport.free() > 0) {
      Call call = waiting.remove();
      lastRequestId++;
      transport.write(lastRequestId, call.request());
      sent.put(lastRequestId, call);
      count++;
    }
    if (count > 0) {
      transport.push();
    }
    return count;
  }

  private int expire(long nowNs) {
    int count = 0;
    for (Call call : new ArrayList<>(sent.values())) {
      count += call.expire(nowNs) ? 1 : 0;
    }
    while (!waiting.isEmpty() && nowNs - waiting.peek().deadlineNs() >= 0) {
      // Never sent, so nobody will answer it: both ends of its life at once.
      Call call = waiting.remove();
      call.expire(nowNs);
      call.lost(
          new MxException(ReturnCode.TIMEOUT, "the control ring stayed full, nothing was sent"));
      count++;
    }
    return count;
  }
}
