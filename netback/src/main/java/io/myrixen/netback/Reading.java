package io.myrixen.netback;

import org.jspecify.annotations.Nullable;

/** What the nodes of a device come to. */
sealed interface Reading permits BoardIdentity, Offer, Reading.Wrong {

  /** They do not do; {@code reason} names the key and its value. */
  record Wrong(String reason) implements Reading {}

  /** Characters of a value that a message repeats: any sound one is shorter. */
  int SHOWN_LENGTH = 80;

  /**
   * Returns {@code value} as a log line and a node of ours can bear it: whoever wrote it may have
   * made it as long as the store allows, and of any bytes.
   */
  static String shown(@Nullable String value) {
    if (value == null) {
      return "missing";
    }
    String start = value.substring(0, Math.min(value.length(), SHOWN_LENGTH));
    String printable = start.replaceAll("[^ -~]", "?");
    return value.length() == start.length()
        ? printable
        : "%s... (%d bytes)".formatted(printable, value.length());
  }
}
