package io.myrixen.mx.control;

import org.jspecify.annotations.Nullable;

/**
 * Names of what the two ends tell each other before there is a ring, and of what the toolstack
 * tells them about the device. All values are text.
 */
public final class HandshakeKeys {

  /** Toolstack, for both: the board's MAC, twelve hexadecimal digits. */
  public static final String NIC_ID = "nic-id";

  /** Toolstack, for both: the board's host name, such as {@code vm:0}. */
  public static final String NAME = "name";

  /** Toolstack, for the backend: the VM's share of the NIC; 1 if missing. */
  public static final String WEIGHT = "weight";

  /**
   * Toolstack, for the backend: 1 if every message of the board is to pass through netback, as a
   * measure of what it saves that none does; 0 if missing.
   */
  public static final String RELAYED = "relayed";

  /** Backend: the oldest version of the control ring's layout that it speaks. */
  public static final String PROTOCOL_VERSION_MIN = "protocol-version-min";

  /** Backend: the newest version of the control ring's layout that it speaks. */
  public static final String PROTOCOL_VERSION_MAX = "protocol-version-max";

  /** Frontend: the version that it chose. */
  public static final String PROTOCOL_VERSION = "protocol-version";

  /** Both: the version of the windows' layout, which must be the same. */
  public static final String WINDOW_VERSION = "window-version";

  /** Frontend: the grant reference of the ring's page. */
  public static final String RING_REF = "ring-ref";

  /** Frontend: the port of the ring's event channel. */
  public static final String EVENT_CHANNEL = "event-channel";

  /** Backend: why it refuses the device, in words. */
  public static final String ERROR = "error";

  private HandshakeKeys() {}

  /** Returns the number that {@code text} says in decimal, 0 to 2^32 - 1, or -1 if it says none. */
  public static long number(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 10) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      number = number * 10 + (digit - '0');
    }
    return number <= 0xFFFF_FFFFL ? number : -1;
  }
}
