package io.myrixen.embedded;

import io.myrixen.nic.BoardConfig;

/**
 * What a VM is made with.
 *
 * @param boards how many boards it has, at least 1; more than the driver domain's quota do not
 *     connect
 * @param share of the NIC, relative to other VMs, 1 to 64
 */
public record VmOptions(int boards, int share) {

  /** One board, and the share that everybody has. */
  public static final VmOptions DEFAULT = new VmOptions(1, 1);

  /** Checks both. */
  public VmOptions {
    if (boards < 1) {
      throw new IllegalArgumentException("boards must be at least 1: " + boards);
    }
    if (share < 1 || share > BoardConfig.MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "share must be 1 to %d: %d".formatted(BoardConfig.MAX_WEIGHT, share));
    }
  }

  /** These with another number of boards. */
  public VmOptions withBoards(int boards) {
    return new VmOptions(boards, share);
  }

  /** These with another share of the NIC. */
  public VmOptions withShare(int share) {
    return new VmOptions(boards, share);
  }
}
