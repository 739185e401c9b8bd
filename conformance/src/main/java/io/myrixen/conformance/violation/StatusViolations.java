package io.myrixen.conformance.violation;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be told wrong of a request that has ended. */
final class StatusViolations {

  private StatusViolations() {}

  static List<Violation> violations() {
    return List.of(
        Violation.of(
            "context-is-lost",
            Statuses.changed(status -> Statuses.context(status, null)),
            "status-of-a-send-is-filled-in",
            "status-of-a-receive-is-filled-in",
            "any-finds-sends"),
        Violation.of(
            "context-is-made-up",
            Statuses.changed(status -> {
              if (status.context() == null) {
                Statuses.context(status, "nobody gave this");
              }
            }),
            "request-without-context-has-none"),
        Violation.of(
            "source-is-the-own-address",
            endpoint ->
                Statuses.changed(status -> Statuses.source(status, endpoint.address()))
                    .apply(endpoint),
            "status-of-a-receive-is-filled-in",
            "status-of-a-send-is-filled-in"),
        Violation.of(
            "source-is-always-the-first",
            FirstSource::new,
            "source-tells-senders-apart",
            "restarted-partner-may-connect-first"),
        Violation.of(
            "highest-bit-of-match-info-is-lost",
            Statuses.changed(
                status -> Statuses.matchInfo(status, status.matchInfo() & Long.MAX_VALUE)),
            "match-info-keeps-all-64-bits"),
        Violation.of(
            "lengths-are-not-told",
            Statuses.changed(status -> Statuses.lengths(status, 0, 0)),
            "tiny-arrives-intact-when-expected",
            "status-of-a-send-is-filled-in"),
        Violation.of(
            "message-length-is-what-was-stored",
            Statuses.changed(status ->
                Statuses.lengths(status, status.transferLength(), status.transferLength())),
            "truncated-receive-tells-both-lengths"),
        Violation.of(
            "stored-length-is-the-message-length",
            Statuses.changed(
                status -> Statuses.lengths(status, status.messageLength(), status.messageLength())),
            "truncated-receive-tells-both-lengths",
            "truncated-synchronous-send-tells-what-was-taken"),
        Violation.of(
            "truncation-is-told-to-nobody",
            Statuses.told(StatusCode.TRUNCATED, StatusCode.SUCCESS),
            "truncated-receive-tells-both-lengths",
            "truncated-large-send-tells-what-was-taken",
            "truncated-synchronous-send-tells-what-was-taken",
            "truncated-send-to-itself-tells-what-was-taken",
            "truncated-to-nothing"));
  }

  private static final class FirstSource extends ForwardingEndpoint {

    private @Nullable EndpointAddress first;

    FirstSource(Endpoint inner) {
      super(inner);
    }

    @Override
    void outcome(Status status) {
      EndpointAddress source = Statuses.sourceOf(status);
      EndpointAddress known = first;
      if (known == null) {
        first = source;
      } else if (source != null) {
        Statuses.source(status, known);
      }
    }
  }
}
