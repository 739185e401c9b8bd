package io.myrixen.netback;

import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.control.HandshakeKeys;
import io.myrixen.nic.BoardConfig;
import io.myrixen.xen.StoreView;
import io.myrixen.xen.bus.DeviceEnd;
import org.jspecify.annotations.Nullable;

/**
 * Who a board is, as the toolstack wrote it into the device's nodes.
 *
 * @param nicId the board's MAC in 48 bits
 * @param hostname the name it is found by
 * @param weight the share of the NIC that its VM has
 * @param relayed whether every message passes through netback
 */
record BoardIdentity(long nicId, String hostname, int weight, boolean relayed) implements Reading {

  /** Reads the backend's keys, and says which one is wrong if one is. */
  static Reading read(StoreView view, DeviceEnd end) {
    String nicText = end.find(view, HandshakeKeys.NIC_ID);
    long nicId = nicId(nicText);
    if (nicId <= 0) {
      return new Reading.Wrong(
          HandshakeKeys.NIC_ID + " is no MAC address: " + Reading.shown(nicText));
    }
    String hostname = end.find(view, HandshakeKeys.NAME);
    if (hostname == null || !isHostname(hostname)) {
      return new Reading.Wrong(HandshakeKeys.NAME + " is no host name: " + Reading.shown(hostname));
    }
    String weightText = end.find(view, HandshakeKeys.WEIGHT);
    long weight = weightText == null ? 1 : HandshakeKeys.number(weightText);
    if (weight < 1 || weight > BoardConfig.MAX_WEIGHT) {
      return new Reading.Wrong(
          HandshakeKeys.WEIGHT + " must be 1 to 64: " + Reading.shown(weightText));
    }
    String relayedText = end.find(view, HandshakeKeys.RELAYED);
    long relayed = relayedText == null ? 0 : HandshakeKeys.number(relayedText);
    if (relayed != 0 && relayed != 1) {
      return new Reading.Wrong(
          HandshakeKeys.RELAYED + " must be 0 or 1: " + Reading.shown(relayedText));
    }
    return new BoardIdentity(nicId, hostname, (int) weight, relayed == 1);
  }

  /** Whether a board may be named so: up to 79 printable characters without spaces. */
  static boolean isHostname(String hostname) {
    return !hostname.isEmpty()
        && hostname.length() < ControlRing.HOSTNAME_BYTES
        && hostname.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  private static long nicId(@Nullable String text) {
    if (text == null || !text.matches("[0-9a-fA-F]{1,12}")) {
      return -1;
    }
    return Long.parseLong(text, 16);
  }
}
