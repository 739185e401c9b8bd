package io.myrixen.driver.guest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One message of the exchange, known to both its ends before it is sent.
 *
 * @param index its place in the plan: goes into the match info
 * @param lengthBytes payload
 * @param senderRegistered whether it is sent from registered memory
 * @param receiverRegistered whether it is received into registered memory
 * @param synchronous whether by issend
 */
record MessageShape(
    int index,
    int lengthBytes,
    boolean senderRegistered,
    boolean receiverRegistered,
    boolean synchronous) {

  /**
   * Both ends and something between of each class: tiny to 32 bytes, small to 128, medium to 32
   * KiB, large beyond. The largest is odd, and several pulls long.
   */
  private static final int[] LENGTHS = {
    0, 1, 32, 33, 77, 128, 129, 4_096, 32_768, 32_769, 131_072, 524_309
  };

  /** Every length in every combination of memory and mode. */
  static final List<MessageShape> PLAN = plan();

  private static List<MessageShape> plan() {
    var plan = new ArrayList<MessageShape>();
    for (int length : LENGTHS) {
      for (int mode = 0; mode < 8; mode++) {
        plan.add(
            new MessageShape(
                plan.size(), length, (mode & 1) != 0, (mode & 2) != 0, (mode & 4) != 0));
      }
    }
    return List.copyOf(plan);
  }

  /** The plan in another order, so that messages of different classes overtake each other. */
  static List<MessageShape> shuffled(long seed) {
    var order = new ArrayList<>(PLAN);
    Collections.shuffle(order, new Random(seed));
    return order;
  }
}
