package io.myrixen.xen;

/** Makes notification channels between this domain and others. */
public interface EventChannels {

  /**
   * Allocates a port that {@code remoteDomid} alone may bind, and only while nobody has bound it.
   * On real Xen it can be bound anew after that end was closed, elsewhere never again.
   *
   * @throws XenException with {@code NO_DOMAIN} if the substrate knows that there is no such
   *     domain, which real Xen does not look for; {@code NO_SPACE} if out of ports
   */
  EventChannel allocate(int remoteDomid);

  /**
   * Binds to a port that {@code remoteDomid} allocated for this domain.
   *
   * @throws XenException with {@code BAD_PORT} if it is not such a port, or bound already, or its
   *     domain is gone
   */
  EventChannel bind(int remoteDomid, int remotePort);
}
