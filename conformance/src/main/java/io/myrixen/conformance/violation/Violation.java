package io.myrixen.conformance.violation;

import io.myrixen.conformance.subject.Host;
import io.myrixen.conformance.subject.Subject;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointOptions;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One promise broken on purpose.
 *
 * @param name unique, words joined by hyphens: what is done wrong
 * @param hosts makes a host that breaks it of one that does not
 * @param caughtBy names of the cases that notice
 */
public record Violation(String name, UnaryOperator<Host> hosts, List<String> caughtBy) {

  /** One that a host commits. */
  static Violation ofHost(String name, UnaryOperator<Host> hosts, String... caughtBy) {
    return new Violation(name, hosts, List.of(caughtBy));
  }

  /** One of endpoints that are opened with other options than were asked for. */
  static Violation opened(String name, UnaryOperator<EndpointOptions> options, String... caughtBy) {
    return ofHost(
        name,
        host ->
            new ForwardingHost(host) {
              @Override
              public Endpoint openEndpoint(
                  int board, int endpointId, int filter, EndpointOptions asked) {
                return super.openEndpoint(board, endpointId, filter, options.apply(asked));
              }
            },
        caughtBy);
  }

  /** One that each endpoint commits. */
  static Violation of(String name, UnaryOperator<Endpoint> endpoints, String... caughtBy) {
    return ofHost(
        name,
        host ->
            new ForwardingHost(host) {
              @Override
              public Endpoint openEndpoint(
                  int board, int endpointId, int filter, EndpointOptions options) {
                return endpoints.apply(super.openEndpoint(board, endpointId, filter, options));
              }
            },
        caughtBy);
  }

  /** Makes {@code subject} commit this. */
  public Subject committedBy(Subject subject) {
    return new ViolatingSubject(subject, this);
  }

  @Override
  public String toString() {
    return name;
  }
}
