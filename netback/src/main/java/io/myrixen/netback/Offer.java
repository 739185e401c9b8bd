package io.myrixen.netback;

import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.control.HandshakeKeys;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.xen.StoreView;
import io.myrixen.xen.bus.DeviceEnd;

/**
 * What a frontend wrote when it connected.
 *
 * @param ringReference grant reference of the ring's page
 * @param port of the ring's event channel, in the frontend's domain
 */
record Offer(int ringReference, int port) implements Reading {

  /** Reads the frontend's keys, and says which one is wrong if one is. */
  static Reading read(StoreView view, DeviceEnd end) {
    String version = end.findPeer(view, HandshakeKeys.PROTOCOL_VERSION);
    long number = HandshakeKeys.number(version);
    if (number < ControlRing.VERSION_MIN || number > ControlRing.VERSION_MAX) {
      return new Wrong(
          "frontend speaks %s %s, this backend %d to %d"
              .formatted(
                  HandshakeKeys.PROTOCOL_VERSION,
                  Reading.shown(version),
                  ControlRing.VERSION_MIN,
                  ControlRing.VERSION_MAX));
    }
    String window = end.findPeer(view, HandshakeKeys.WINDOW_VERSION);
    if (HandshakeKeys.number(window) != WindowLayout.VERSION) {
      return new Wrong(
          "frontend speaks %s %s, this backend %d"
              .formatted(
                  HandshakeKeys.WINDOW_VERSION, Reading.shown(window), WindowLayout.VERSION));
    }
    String ring = end.findPeer(view, HandshakeKeys.RING_REF);
    long ringReference = HandshakeKeys.number(ring);
    if (ringReference < 0) {
      return new Wrong(HandshakeKeys.RING_REF + " is no grant reference: " + Reading.shown(ring));
    }
    String channel = end.findPeer(view, HandshakeKeys.EVENT_CHANNEL);
    long port = HandshakeKeys.number(channel);
    if (port < 0) {
      return new Wrong(HandshakeKeys.EVENT_CHANNEL + " is no port: " + Reading.shown(channel));
    }
    return new Offer((int) ringReference, (int) port);
  }
}
