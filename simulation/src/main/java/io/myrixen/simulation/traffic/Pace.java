package io.myrixen.simulation.traffic;

/** How an application keeps up with the others. */
public enum Pace {

  /** As its habits are drawn. */
  DRAWN,

  /** Has as much under way as it may, and sends most of it to a sluggish one nearby. */
  EAGER,

  /**
   * Its queues are the smallest, and nothing empties them while it computes, which it does half its
   * time: whoever sends to it finds them full.
   */
  SLUGGISH
}
