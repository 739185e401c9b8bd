package io.myrixen.mx;

/** Names of boards as people write them. */
final class Hostnames {

  private Hostnames() {}

  /** Returns {@code hostname} with its board: a bare name means board 0. */
  static String complete(String hostname) {
    return hostname.indexOf(':') < 0 ? hostname + ":0" : hostname;
  }
}
