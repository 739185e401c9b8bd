package io.myrixen.mx.endpoint;

import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.match.CompletedRequests;
import io.myrixen.mx.match.MatchNode;

/** Ends requests, and keeps those whose outcome has not been taken. */
final class Outcomes {

  private final CompletedRequests<EndpointRequest> completed = new CompletedRequests<>();
  private final Counts counts;

  /** How many requests have ended: moves whenever a waiting thread may have something to take. */
  long ended;

  Outcomes(Counts counts) {
    this.counts = counts;
  }

  void end(EndpointRequest request, StatusCode code, long messageBytes, long transferBytes) {
    request.end(code, messageBytes, transferBytes);
    if (!request.internal) {
      completed.add(request);
    }
    ended++;
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
