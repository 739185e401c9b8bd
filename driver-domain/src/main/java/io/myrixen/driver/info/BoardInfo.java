package io.myrixen.driver.info;

import io.myrixen.driver.process.BoardWay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A board of a VM, or of a native process, which is no VM.
 *
 * @param vm name of the VM, or {@link #NO_VM}
 * @param domid its id, or {@link #NO_DOMAIN}
 * @param board number of the board
 * @param hostname name that peers find it by
 * @param nicId its MAC in 48 bits
 * @param way how whose board it is comes to it
 * @param state how far its two drivers have come; of a native board, which has none, connected
 * @param endpoints ids open on it
 */
public record BoardInfo(
    String vm,
    int domid,
    int board,
    String hostname,
    long nicId,
    BoardWay way,
    String state,
    List<Integer> endpoints) {

  /** Instead of a VM's name. */
  public static final String NO_VM = "-";

  /** Instead of a VM's id. */
  public static final int NO_DOMAIN = -1;

  /** The state in which peers find it. */
  public static final String CONNECTED = "connected";

  /** Copies the endpoints. */
  public BoardInfo {
    endpoints = List.copyOf(endpoints);
  }

  /** Whether peers find it. */
  public boolean reachable() {
    return state.equals(CONNECTED);
  }

  /** The NIC id as MX prints it. */
  public String mac() {
    var text = new StringBuilder();
    for (int shift = 40; shift >= 0; shift -= Byte.SIZE) {
      text.append(text.isEmpty() ? "" : ":").append("%02x".formatted((nicId >>> shift) & 0xFF));
    }
    return text.toString();
  }

  /** For machines. */
  public Map<String, Object> json() {
    var object = new LinkedHashMap<String, Object>();
    object.put("vm", vm);
    object.put("domid", domid);
    object.put("board", board);
    object.put("hostname", hostname);
    object.put("nicId", mac());
    object.put("way", way.toString());
    object.put("state", state);
    object.put("endpoints", endpoints);
    return object;
  }
}
