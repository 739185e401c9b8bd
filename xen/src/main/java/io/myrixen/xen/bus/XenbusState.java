package io.myrixen.xen.bus;

import io.myrixen.xen.StoreView;
import org.jspecify.annotations.Nullable;

/** Where one end of a device stands, as both ends write it into their {@code state} nodes. */
public enum XenbusState {
  /** The node is missing or not to be read: that end is gone. */
  UNKNOWN(0),
  INITIALISING(1),
  /** The backend has said what it offers and waits for the frontend. */
  INIT_WAIT(2),
  INITIALISED(3),
  CONNECTED(4),
  CLOSING(5),
  CLOSED(6),
  RECONFIGURING(7),
  RECONFIGURED(8);

  private final int code;

  XenbusState(int code) {
    this.code = code;
  }

  /** Value in the store. Never reuse or renumber one. */
  public int code() {
    return code;
  }

  /** Returns the state that {@code value} says; {@link #UNKNOWN} for null and for anything odd. */
  public static XenbusState of(@Nullable String value) {
    for (XenbusState state : values()) {
      if (state.text().equals(value)) {
        return state;
      }
    }
    return UNKNOWN;
  }

  /** Reads a {@code state} node. One that is missing or hidden says {@link #UNKNOWN}. */
  public static XenbusState read(StoreView view, String path) {
    return of(Nodes.find(view, path));
  }

  String text() {
    return Integer.toString(code);
  }
}
