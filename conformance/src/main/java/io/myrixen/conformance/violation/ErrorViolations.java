package io.myrixen.conformance.violation;

import io.myrixen.conformance.subject.Host;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.ErrorHandler;
import io.myrixen.mx.Request;
import java.time.Duration;
import java.util.List;

/** What can be done wrong when requests fail, or should by time. */
final class ErrorViolations {

  private ErrorViolations() {}

  static List<Violation> violations() {
    return List.of(
        Violation.opened(
            "error-handler-is-never-called",
            options -> options.withErrorHandler(ErrorHandler.RETURN),
            "error-handler-is-told-of-failed-requests",
            "error-handler-decides-the-status",
            "error-handler-of-the-process-serves-others"),
        Violation.opened(
            "what-an-error-handler-returns-is-ignored",
            options -> {
              ErrorHandler asked = options.errorHandler();
              return asked == null
                  ? options
                  : options.withErrorHandler((endpoint, code, message) -> {
                    var _ = asked.onError(endpoint, code, message);
                    return code;
                  });
            },
            "error-handler-decides-the-status"),
        Violation.ofHost(
            "error-handler-is-told-of-everything",
            TellingAll::new,
            "error-handler-is-not-told-of-success"),
        Violation.ofHost(
            "setting-the-error-handler-gives-the-new-one",
            NewHandler::new,
            "setting-the-error-handler-gives-the-one-before"),
        Violation.of(
            "request-time-out-is-ignored",
            NoTimeout::new,
            "request-time-out-ends-a-send",
            "request-time-out-ends-a-connect"),
        Violation.of(
            "request-time-out-of-0-is-one-of-1-ms",
            ShortTimeout::new,
            "request-time-out-of-0-is-none"));
  }

  private static final class TellingAll extends ForwardingHost {

    TellingAll(Host inner) {
      super(inner);
    }

    @Override
    public Endpoint openEndpoint(int board, int endpointId, int filter, EndpointOptions options) {
      ErrorHandler asked = options.errorHandler();
      Endpoint opened = super.openEndpoint(board, endpointId, filter, options);
      return asked == null
          ? opened
          : Statuses.changed(
                  status -> {
                    var _ = asked.onError(opened, status.code(), "anything");
                  })
              .apply(opened);
    }
  }

  private static final class NewHandler extends ForwardingHost {

    NewHandler(Host inner) {
      super(inner);
    }

    @Override
    public ErrorHandler errorHandler(ErrorHandler handler) {
      var _ = super.errorHandler(handler);
      return handler;
    }
  }

  private static final class NoTimeout extends ForwardingEndpoint {

    NoTimeout(Endpoint inner) {
      super(inner);
    }

    @Override
    public void requestTimeout(Request request, Duration timeout) {}
  }

  private static final class ShortTimeout extends ForwardingEndpoint {

    ShortTimeout(Endpoint inner) {
      super(inner);
    }

    @Override
    public void requestTimeout(Request request, Duration timeout) {
      super.requestTimeout(request, timeout.isZero() ? Duration.ofMillis(1) : timeout);
    }
  }
}
