package io.myrixen.mx.endpoint;

import io.myrixen.mx.window.Descriptor;

/**
 * What is known of the openings of the endpoint at an address behind a wire: which is the newest,
 * and its last request. For so long as frames live, those sent before may come after them. Handed
 * on from each partner there to the next one.
 */
final class Openings {

  private boolean known;
  private int session;
  private long sinceNs;

  /** Whether another was known before it. */
  private boolean several;

  private boolean heard;
  private int requestSession;
  private int requestSequence;
  private long requestNs;

  /** The opening of that session is the newest. */
  void met(int session, long nowNs) {
    if (!known || session != this.session) {
      several = known;
      known = true;
      this.session = session;
      sinceNs = nowNs;
    }
  }

  /**
   * Whether what names {@code session} may be of an opening before the newest. If it is of a newer
   * one, it comes again.
   */
  boolean maybePast(int session, long nowNs, long lifetimeNs) {
    return known && session != this.session && nowNs - sinceNs < lifetimeNs;
  }

  /** Whether what names no session may be of an opening before the newest. */
  boolean maybePast(long nowNs, long lifetimeNs) {
    return several && nowNs - sinceNs < lifetimeNs;
  }

  /** A connect request has been acted upon. */
  void requested(Descriptor request, long nowNs) {
    heard = true;
    requestSession = request.session;
    requestSequence = request.connectSequence();
    requestNs = nowNs;
  }

  /**
   * Whether a later request of the same opening has come before {@code request}. Nobody makes half
   * of the 256 numbers there are while frames live.
   */
  boolean isOvertaken(Descriptor request, long nowNs, long lifetimeNs) {
    return heard
        && request.session == requestSession
        && nowNs - requestNs < lifetimeNs
        && (byte) (request.connectSequence() - requestSequence) < 0;
  }
}
