package io.myrixen.nic;

import java.nio.charset.StandardCharsets;

/**
 * A board to be added to the NIC. Comes from netback, which has judged whatever a VM said.
 *
 * @param nicId the board's MAC, its first byte most significant, upper 16 bits zero
 * @param hostname name it is found by, at most 79 bytes, as MX's host names are
 * @param vmId whose share of the NIC's time it uses; boards with one vmId share
 * @param weight share of that VM relative to others, 1 to {@link #MAX_WEIGHT}; the board added last
 *     says it for the whole VM
 */
public record BoardConfig(long nicId, String hostname, int vmId, int weight) {

  /** Bounds one VM's turn: 64 quanta are a megabyte, about a tenth of a millisecond. */
  public static final int MAX_WEIGHT = 64;

  private static final int MAX_HOSTNAME_BYTES = 79;

  /** Checks every component. */
  public BoardConfig {
    checkIdentity(nicId, hostname);
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException("weight must be 1 to 64: " + weight);
    }
  }

  /** Checks what a board is known by, be it here or elsewhere. */
  static void checkIdentity(long nicId, String hostname) {
    if (nicId <= 0 || nicId >>> 48 != 0) {
      throw new IllegalArgumentException("nicId must be 48 bits: %016x".formatted(nicId));
    }
    int bytes = hostname.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_HOSTNAME_BYTES) {
      throw new IllegalArgumentException("hostname must be 1 to 79 bytes: " + hostname);
    }
  }
}
