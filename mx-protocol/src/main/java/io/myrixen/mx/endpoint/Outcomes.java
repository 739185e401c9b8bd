package io.myrixen.mx.endpoint;

import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.match.CompletedRequests;
import io.myrixen.mx.match.ContextIds;
import io.myrixen.mx.match.MatchNode;
import org.jspecify.annotations.Nullable;

/** Ends requests, and keeps those whose outcome has not been taken. */
final class Outcomes {

  private final CompletedRequests<EndpointRequest> completed;
  private final Counts counts;

  /** Moves whenever a waiting thread may find something: a request's end, or a message. */
  long news;

  Outcomes(Counts counts, ContextIds contextIds) {
    completed = new CompletedRequests<>(contextIds);
    this.counts = counts;
  }

  void end(EndpointRequest request, StatusCode code, long messageBytes, long transferBytes) {
    request.end(code, messageBytes, transferBytes);
    if (request.done() && !request.internal) {
      if (request.matchMask() != MatchNode.EXACT) { // A receive that nothing has matched.
        request.match(request.matchInfo(), MatchNode.EXACT);
      }
      completed.add(request);
    }
    news++;
  }

  /** Lets {@code request} end, or its outcome go, without anybody being told. */
  void forget(EndpointRequest request) {
    if (request.done()) {
      completed.remove(request);
      request.abandon();
    } else {
      request.forget();
    }
  }

  /** The request that ended first of those whose outcome has not been taken. */
  @Nullable EndpointRequest oldest() {
    return completed.oldest();
  }

  /** A receive has been matched: from now on it bears the message's info. */
  static void matched(EndpointRequest receive, Partner source, long messageInfo) {
    receive.partner = source;
    receive.match(messageInfo, MatchNode.EXACT);
  }

  /** Ends a receive that got what fits of a message of {@code messageBytes}. */
  void received(EndpointRequest receive, long messageBytes) {
    long capacity = receive.segments.lengthBytes();
    if (receive.faulty) {
      end(receive, StatusCode.ABORTED, messageBytes, 0);
      return;
    }
    long taken = Math.min(messageBytes, capacity);
    counts.bytesReceived += taken;
    end(
        receive,
        taken < messageBytes ? StatusCode.TRUNCATED : StatusCode.SUCCESS,
        messageBytes,
        taken);
  }

  /** Takes the outcome of {@code request} if it has ended. */
  boolean take(EndpointRequest request, Status into) {
    if (!request.done()) {
      return false;
    }
    completed.remove(request);
    request.takeOutcome(into);
    return true;
  }

  /** Takes the oldest outcome that matches. */
  boolean takeAny(long info, long mask, Status into) {
    EndpointRequest request = completed.takeMatch(info, mask);
    if (request == null) {
      return false;
    }
    request.takeOutcome(into);
    return true;
  }
}
