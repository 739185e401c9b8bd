package io.myrixen.conformance.violation;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Statuses with one field changed. */
final class Statuses {

  private Statuses() {}

  /** An endpoint whose every outcome {@code change} has its way with. */
  static UnaryOperator<Endpoint> changed(Consumer<Status> change) {
    return endpoint ->
        new ForwardingEndpoint(endpoint) {
          @Override
          void outcome(Status status) {
            change.accept(status);
          }
        };
  }

  /** An endpoint that tells {@code to} where {@code from} is the truth. */
  static UnaryOperator<Endpoint> told(StatusCode from, StatusCode to) {
    return changed(status -> {
      if (status.code() == from) {
        code(status, to);
      }
    });
  }

  static @Nullable EndpointAddress sourceOf(Status status) {
    try {
      return status.source();
    } catch (IllegalStateException _) {
      return null;
    }
  }

  static void code(Status status, StatusCode code) {
    status.set(
        code,
        sourceOf(status),
        status.matchInfo(),
        status.messageLength(),
        status.transferLength(),
        status.context());
  }

  static void source(Status status, @Nullable EndpointAddress source) {
    status.set(
        status.code(),
        source,
        status.matchInfo(),
        status.messageLength(),
        status.transferLength(),
        status.context());
  }

  static void matchInfo(Status status, long matchInfo) {
    status.set(
        status.code(),
        sourceOf(status),
        matchInfo,
        status.messageLength(),
        status.transferLength(),
        status.context());
  }

  static void lengths(Status status, long messageLength, long transferLength) {
    status.set(
        status.code(),
        sourceOf(status),
        status.matchInfo(),
        messageLength,
        transferLength,
        status.context());
  }

  static void context(Status status, @Nullable Object context) {
    status.set(
        status.code(),
        sourceOf(status),
        status.matchInfo(),
        status.messageLength(),
        status.transferLength(),
        context);
  }
}
