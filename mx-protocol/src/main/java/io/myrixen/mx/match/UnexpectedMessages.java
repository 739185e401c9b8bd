package io.myrixen.mx.match;

/**
 * The messages that arrived before a receive was posted for them, in order of arrival: a receive is
 * offered the oldest that matches, and a probe is shown it. Confined to whoever holds the endpoint.
 *
 * @param <M> the node class, which alone is ever added
 */
public final class UnexpectedMessages<M extends MatchNode> extends InfoQueue<M> {

  /** Makes it empty, with a queue for each context. */
  public UnexpectedMessages(ContextIds ids) {
    super(ids);
  }
}
