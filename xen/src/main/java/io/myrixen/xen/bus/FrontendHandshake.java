package io.myrixen.xen.bus;

/**
 * What a frontend does next. A function of what the store says now, and of whether the backend is
 * still the one it was.
 *
 * <pre>
 *   backend       2          5          6 or gone
 *   frontend   1 connect  4  stop  6     finish
 * </pre>
 *
 * <p>A frontend that wants to part writes Closing, and one that wants to come back after Closed
 * writes Initialising; all else follows from here, also that it comes back to a backend that closed
 * and is reborn. Pages are given back only once the backend is Closed or gone: before that it may
 * have them mapped.
 */
public final class FrontendHandshake {

  private FrontendHandshake() {}

  /** What to do. Whatever is released already stays so: each may come twice. */
  public enum Action {
    /** All is well, or it is the backend's turn. */
    NOTHING,
    /** Release what is left of an earlier connection, grant, write the keys, and Connected. */
    CONNECT,
    /** The backend vanished or is reborn: release everything, and write Initialising. */
    RESET,
    /** The device is being taken away: use it no more, and write Closed. */
    STOP,
    /** The backend has let go: release everything, and write Closed. */
    FINISH,
    /** The nodes were taken away: release everything, and write nothing. */
    ABANDON
  }

  /**
   * Returns what to do.
   *
   * @param own the frontend's state in the store
   * @param backend that of the backend which the frontend's nodes name now
   * @param sameBackend whether they name the backend this frontend last acted upon; true if it has
   *     not acted on any
   */
  public static Action next(XenbusState own, XenbusState backend, boolean sameBackend) {
    XenbusState seen = sameBackend ? backend : XenbusState.UNKNOWN;
    return switch (own) {
      case UNKNOWN -> Action.ABANDON;
      case INITIALISING -> onInitialising(seen, sameBackend);
      case INIT_WAIT, INITIALISED, CONNECTED, RECONFIGURING, RECONFIGURED -> onRunning(seen);
      case CLOSING ->
          seen == XenbusState.CLOSED || seen == XenbusState.UNKNOWN
              ? Action.FINISH
              : Action.NOTHING;
      case CLOSED -> onClosed(seen);
    };
  }

  private static Action onInitialising(XenbusState backend, boolean sameBackend) {
    return switch (backend) {
      case INIT_WAIT -> Action.CONNECT;
      case CLOSING -> Action.STOP;
      // The toolstack wrote Initialising for us when it put another backend in place.
      case UNKNOWN -> sameBackend ? Action.NOTHING : Action.RESET;
      case INITIALISING, INITIALISED, CONNECTED, CLOSED, RECONFIGURING, RECONFIGURED ->
          Action.NOTHING;
    };
  }

  private static Action onClosed(XenbusState backend) {
    return switch (backend) {
      case CLOSED, UNKNOWN -> Action.FINISH;
      case INITIALISING -> Action.RESET;
      case INIT_WAIT, INITIALISED, CONNECTED, CLOSING, RECONFIGURING, RECONFIGURED ->
          Action.NOTHING;
    };
  }

  private static Action onRunning(XenbusState backend) {
    return switch (backend) {
      case UNKNOWN, INITIALISING -> Action.RESET;
      case CLOSING -> Action.STOP;
      case CLOSED -> Action.FINISH;
      // InitWait: it has yet to read our keys.
      case INIT_WAIT, INITIALISED, CONNECTED, RECONFIGURING, RECONFIGURED -> Action.NOTHING;
    };
  }
}
