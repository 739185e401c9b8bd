package io.myrixen.mx.match;

/**
 * The requests that have completed and have not been reported yet, in order of completion: sends
 * and connects under the info they were given, receives under that of their message. Confined to
 * whoever holds the endpoint.
 *
 * @param <R> the node class, which alone is ever added
 */
public final class CompletedRequests<R extends MatchNode> extends InfoQueue<R> {

  /** Makes it empty, with a queue for each context. */
  public CompletedRequests(ContextIds ids) {
    super(ids);
  }
}
