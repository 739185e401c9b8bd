package io.myrixen.xen.bus;

/**
 * What a backend does next. A function of what the store says now and of nothing else.
 *
 * <pre>
 *   frontend      1          4          5 or 6         1
 *   backend    1 prepare  2 connect  4   close   6  prepare  2
 * </pre>
 *
 * <p>A backend that begins within a domain where another one was writes Initialising, as a frontend
 * does: whoever is at the other end finds it reborn and connects anew.
 *
 * <p>The frontend says all it has to say before it writes Connected, as network devices do, and so
 * never writes Initialised. The backend goes to Closed without stopping at Closing: that one may
 * have been written by the toolstack, and so would not tell the frontend that it is unmapped.
 */
public final class BackendHandshake {

  private BackendHandshake() {}

  /** What to do. Whatever is disconnected already stays so: each may come twice. */
  public enum Action {
    /** All is well, or it is the frontend's turn. */
    NOTHING,
    /** Disconnect what may be left of an earlier life, write what is offered, and InitWait. */
    PREPARE,
    /** Read the frontend's keys, map and bind what they name, and write Connected. */
    CONNECT,
    /** As {@link #PREPARE}, for a frontend that is reborn while we took it for connected. */
    RESTART,
    /** Disconnect, unmap everything, and write Closed. */
    CLOSE,
    /**
     * The frontend vanished, or has closed a device that the toolstack takes away: disconnect,
     * unmap everything, write Closed, and remove the backend's nodes.
     */
    REMOVE,
    /** The nodes were taken away: disconnect, unmap everything, and write nothing. */
    ABANDON
  }

  /**
   * Returns what to do.
   *
   * @param own the backend's state in the store, which the toolstack may have written
   * @param frontend the frontend's
   * @param online whether the toolstack wants the device to stay
   */
  public static Action next(XenbusState own, XenbusState frontend, boolean online) {
    if (own == XenbusState.UNKNOWN) {
      return Action.ABANDON;
    }
    if (!online && (own == XenbusState.CLOSED || frontend == XenbusState.CLOSED)) {
      return Action.REMOVE;
    }
    return switch (frontend) {
      case UNKNOWN -> Action.REMOVE;
      case INITIALISING -> onInitialising(own, online);
      case INITIALISED -> own == XenbusState.CONNECTED ? Action.RESTART : Action.NOTHING;
      case CONNECTED -> own == XenbusState.INIT_WAIT ? Action.CONNECT : Action.NOTHING;
      case CLOSING -> own == XenbusState.CLOSED ? Action.NOTHING : Action.CLOSE;
      // Initialising: reborn, it waits for a frontend that closed with the one before to come back.
      case CLOSED ->
          own == XenbusState.CLOSED || own == XenbusState.INITIALISING
              ? Action.NOTHING
              : Action.CLOSE;
      case INIT_WAIT, RECONFIGURING, RECONFIGURED -> Action.NOTHING;
    };
  }

  private static Action onInitialising(XenbusState own, boolean online) {
    return switch (own) {
      case INITIALISING, CLOSED -> Action.PREPARE;
      case CONNECTED -> Action.RESTART;
      // Online: it closed and came back before we looked. Offline: it has yet to see our Closing.
      case CLOSING -> online ? Action.RESTART : Action.NOTHING;
      case UNKNOWN, INIT_WAIT, INITIALISED, RECONFIGURING, RECONFIGURED -> Action.NOTHING;
    };
  }
}
