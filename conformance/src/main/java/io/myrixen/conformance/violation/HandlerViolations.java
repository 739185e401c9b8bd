package io.myrixen.conformance.violation;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.UnexpectedHandler;
import io.myrixen.mx.UnexpectedHandler.Action;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What can be done wrong with the unexpected handler. */
final class HandlerViolations {

  private HandlerViolations() {}

  static List<Violation> violations() {
    return List.of(
        handled(
            "handler-is-told-match-info-0",
            handler -> (source, _, length, data) -> handler.onUnexpected(source, 0, length, data),
            "handler-is-offered-unexpected-messages",
            "handler-is-offered-messages-in-order"),
        handled(
            "handler-sees-no-payload",
            handler ->
                (source, info, length, _) -> handler.onUnexpected(source, info, length, null),
            "handler-sees-payload-of-eager-messages"),
        Violation.of(
            "handler-is-offered-awaited-messages",
            OfferingAll::new,
            "handler-is-not-offered-awaited-messages"),
        Violation.of(
            "handler-is-offered-waiting-messages",
            OfferingWaiting::new,
            "handler-is-not-offered-waiting-messages"),
        Violation.of("handler-stays", StayingHandler::new, "handler-can-be-taken-away"),
        handled(
            "continue-is-taken-for-finished",
            handler ->
                (source, info, length, data) -> {
                  handler.onUnexpected(source, info, length, data);
                  return Action.FINISHED;
                },
            "continued-message-waits",
            "receive-posted-in-handler-takes-the-message"),
        handled(
            "finished-is-taken-for-continue",
            handler ->
                (source, info, length, data) -> {
                  handler.onUnexpected(source, info, length, data);
                  return Action.CONTINUE;
                },
            "finished-message-is-gone",
            "sender-of-finished-large-message-is-truncated"),
        Violation.of(
            "success-is-told-as-truncated",
            Statuses.told(StatusCode.SUCCESS, StatusCode.TRUNCATED),
            "sender-of-finished-eager-message-succeeds"));
  }

  private static Violation handled(
      String name, UnaryOperator<UnexpectedHandler> change, String... caughtBy) {
    return Violation.of(
        name,
        endpoint ->
            new ForwardingEndpoint(endpoint) {
              @Override
              public void unexpectedHandler(@Nullable UnexpectedHandler handler) {
                super.unexpectedHandler(handler == null ? null : change.apply(handler));
              }
            },
        caughtBy);
  }

  private static final class OfferingAll extends ForwardingEndpoint {

    private @Nullable UnexpectedHandler handler;

    OfferingAll(Endpoint inner) {
      super(inner);
    }

    @Override
    public void unexpectedHandler(@Nullable UnexpectedHandler value) {
      handler = value;
      super.unexpectedHandler(value);
    }

    @Override
    void outcome(Status status) {
      EndpointAddress source = Statuses.sourceOf(status);
      UnexpectedHandler offered = handler;
      if (source != null && offered != null) {
        offered.onUnexpected(source, status.matchInfo(), status.messageLength(), null);
      }
    }
  }

  private static final class OfferingWaiting extends ForwardingEndpoint {

    OfferingWaiting(Endpoint inner) {
      super(inner);
    }

    @Override
    public void unexpectedHandler(@Nullable UnexpectedHandler handler) {
      super.unexpectedHandler(handler);
      var status = new Status();
      if (handler != null && super.iprobe(0, 0, status)) {
        handler.onUnexpected(status.source(), status.matchInfo(), status.messageLength(), null);
      }
    }
  }

  private static final class StayingHandler extends ForwardingEndpoint {

    StayingHandler(Endpoint inner) {
      super(inner);
    }

    @Override
    public void unexpectedHandler(@Nullable UnexpectedHandler handler) {
      if (handler != null) {
        super.unexpectedHandler(handler);
      }
    }
  }
}
