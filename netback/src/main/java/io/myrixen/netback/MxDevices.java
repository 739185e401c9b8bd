package io.myrixen.netback;

import io.myrixen.mx.control.HandshakeKeys;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/** The toolstack's part in an {@code mx} device: what its nodes say about the board. */
public final class MxDevices {

  /** First byte of a MAC that is locally administered and names one station. */
  private static final long LOCAL_UNICAST = 0x02L << 40;

  private static final SecureRandom RANDOM = new SecureRandom();

  private MxDevices() {}

  /** Returns a fresh random board id: a locally administered MAC. */
  public static long newNicId() {
    return (RANDOM.nextLong() & 0xFCFF_FFFF_FFFFL) | LOCAL_UNICAST;
  }

  /**
   * Makes device {@code nodes} with a fresh board id, in one transaction of the toolstack's.
   *
   * @param hostname name of the board, such as {@code vm:0}; at most 79 bytes
   * @param weight the VM's share of the NIC, 1 to 64
   * @return the board's id
   */
  public static long create(DeviceTree tree, DeviceNodes nodes, String hostname, int weight) {
    long nicId = newNicId();
    tree.create(nodes, Map.of(), keys(nicId, hostname, weight));
    return nicId;
  }

  /** As {@link #create}, a device whose messages all pass through netback. */
  public static long createRelayed(
      DeviceTree tree, DeviceNodes nodes, String hostname, int weight) {
    long nicId = newNicId();
    Map<String, String> keys = keys(nicId, hostname, weight);
    keys.put(HandshakeKeys.RELAYED, "1");
    tree.create(nodes, Map.of(), keys);
    return nicId;
  }

  /**
   * Makes devices 0 to {@code boards} - 1 of domain {@code domid}, each in a transaction of its
   * own, with fresh board ids; board k is named {@code vm:k}.
   *
   * @param vm the domain's name, at most 63 bytes
   * @param weight as for {@link #create}
   */
  public static void createBoards(
      DeviceTree tree, int domid, int backendDomid, String vm, int boards, int weight) {
    for (int board = 0; board < boards; board++) {
      create(tree, new DeviceNodes(domid, backendDomid, board), vm + ":" + board, weight);
    }
  }

  /** Returns the keys that say so in the backend's directory. */
  public static Map<String, String> keys(long nicId, String hostname, int weight) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put(HandshakeKeys.NIC_ID, "%012x".formatted(nicId));
    keys.put(HandshakeKeys.NAME, hostname);
    keys.put(HandshakeKeys.WEIGHT, Integer.toString(weight));
    return keys;
  }
}
