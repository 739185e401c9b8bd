package io.myrixen.driver.guest;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a partner that says nothing is still there, where nobody else tells: MX lets a
 * receive wait for ever for a sender that is gone, but a connect to that one fails. Confined to the
 * endpoint's thread.
 */
final class Watch {

  /** One second: so long nobody asks. */
  private static final long SILENCE_NS = 1_000_000_000L;

  private final Endpoint endpoint;
  private final Request question;
  private final Status status = new Status();
  private @Nullable EndpointAddress asked;
  private long askedNs;

  Watch(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.question = endpoint.newRequest();
    askedNs = System.nanoTime() - SILENCE_NS;
  }

  /**
   * Whether {@code partner} is known to be gone. Called again and again while it is silent.
   *
   * @param silentNs for how long nothing has come from it
   */
  boolean gone(EndpointAddress partner, long silentNs) {
    long nowNs = System.nanoTime();
    if (asked == null) {
      if (silentNs >= SILENCE_NS && nowNs - askedNs >= SILENCE_NS) {
        endpoint.iconnect(partner.nicId(), partner.endpointId(), Guest.KEY, 0, question);
        asked = partner;
        askedNs = nowNs;
      }
      return false;
    }
    if (!endpoint.test(question, status)) {
      return false;
    }
    boolean gone = !status.ok() && partner.equals(asked);
    asked = null;
    return gone;
  }
}
