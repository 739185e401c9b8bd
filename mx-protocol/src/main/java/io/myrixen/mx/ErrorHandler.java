package io.myrixen.mx;

/**
 * Is told of requests that did not end with success, when their outcome is taken: in the thread
 * that takes it, after the endpoint has let it out, so that anything may be called. Not told of
 * requests that their owner cancelled or forgot, nor of misuse, which is thrown.
 */
@FunctionalInterface
public interface ErrorHandler {

  /** {@code MX_ERRORS_RETURN}: leaves it to the status. */
  ErrorHandler RETURN = (_, code, _) -> code;

  /**
   * {@code MX_ERRORS_ARE_FATAL}: logs the message, by default to standard error, and ends the
   * process at once with exit code 255, without shutdown hooks: one might want the endpoint.
   */
  ErrorHandler FATAL =
      (_, code, message) -> {
        System.getLogger(ErrorHandler.class.getName()).log(System.Logger.Level.ERROR, message);
        Runtime.getRuntime().halt(255);
        return code;
      };

  /**
   * Decides what an unsuccessful request ends with.
   *
   * @param code what it ended with, neither {@code SUCCESS} nor {@code CANCELLED}
   * @param message what it was and what went wrong
   * @return what its status is to say
   */
  StatusCode onError(Endpoint endpoint, StatusCode code, String message);
}
