package io.myrixen.mx;

import org.jspecify.annotations.Nullable;

/**
 * A remote endpoint as one local endpoint knows it. One object per partner: compare by identity.
 * Meaningless to any endpoint but the one that gave it.
 */
public interface EndpointAddress {

  /** Id of the board the endpoint is open on. */
  long nicId();

  /** The endpoint's id on that board. */
  int endpointId();

  /** The session of the opening that messages to this address are meant for. */
  int session();

  /**
   * What the application attached to this remote endpoint, null at first: found again through the
   * address of every message from it, also in another thread.
   */
  @Nullable Object context();

  /** Attaches whatever the application wants to find again. Returns this address. */
  EndpointAddress context(@Nullable Object context);
}
