package io.myrixen.driver.info;

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
 * @param state how far its two drivers have come, or {@link #NATIVE}
 * @param endpoints ids open on it
 */
public record BoardInfo(
    String vm,
    int domid,
    int board,
    String hostname,
    long nicId,
    String state,
    List<Integer> endpoints) {

  /** Instead of a VM's name. */
  public static final String NO_VM = "-";

  /** Instead of a VM's id. */
  public static final int NO_DOMAIN = -1;

  /** The state of a board that has no drivers. */
  public static final String NATIVE = "native";

  /** Copies the endpoints. */
  public BoardInfo {
    endpoints = List.copyOf(endpoints);
  }

  /** Whether peers find it. */
  public boolean reachable() {
    return state.equals("connected") || state.equals(NATIVE);
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
    object.put("state", state);
    object.put("endpoints", endpoints);
    return object;
  }
}
