package io.myrixen.mx.endpoint;

/** How long somebody has been silent, and how often its NIC has been asked meanwhile. */
final class Silence {

  /** The last sign of life, or when one was first expected. */
  long sinceNs;

  /** Questions since then. */
  int asks;

  /** When to ask again, if one has been asked. */
  long askAtNs;

  /** There is a sign of life, or one is expected from now on. */
  void end(long nowNs) {
    sinceNs = nowNs;
    asks = 0;
  }
}
