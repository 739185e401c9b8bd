package io.myrixen.simulation.network;

/**
 * What a link does to frames by chance, each in parts per million.
 *
 * @param loss frames lost
 * @param corruption frames damaged; their check sequence shows it
 * @param duplication frames that come twice
 * @param reordering frames held back
 * @param holdNs how long these are held back at most
 */
public record LinkFaults(int loss, int corruption, int duplication, int reordering, long holdNs) {

  /** A link without faults. */
  public static final LinkFaults NONE = new LinkFaults(0, 0, 0, 0, 0);

  /** The whole, in the unit of the chances. */
  public static final int MILLION = 1_000_000;

  /** Checks that chances are such. */
  public LinkFaults {
    if (Math.min(Math.min(loss, corruption), Math.min(duplication, reordering)) < 0
        || (long) loss + corruption + duplication + reordering > MILLION
        || holdNs < 0) {
      throw new IllegalArgumentException(
          "chances must be parts of a million: %d %d %d %d %d"
              .formatted(loss, corruption, duplication, reordering, holdNs));
    }
  }

  /** Whether anything can go wrong. */
  boolean any() {
    return loss + corruption + duplication + reordering > 0;
  }
}
