package io.myrixen.mx;

import org.jspecify.annotations.Nullable;

/**
 * A send, receive or connect, made by {@link Endpoint#newRequest} and owned by its caller. Usable
 * again as soon as its outcome has been taken; starting it while it is pending, or handing it to
 * another endpoint, is {@code BAD_REQUEST}.
 */
public interface Request {

  /**
   * Whether it has been started and its outcome has not been taken yet; of a forgotten one, whether
   * it has not ended yet.
   */
  boolean pending();

  /** What the caller attached; travels to {@link Status#context}. */
  @Nullable Object context();

  /** Attaches whatever the caller wants to find again in the status. Returns this request. */
  Request context(@Nullable Object context);
}
