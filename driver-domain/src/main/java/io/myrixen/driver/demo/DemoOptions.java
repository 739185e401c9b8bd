package io.myrixen.driver.demo;

import io.myrixen.driver.process.BoardWay;
import java.nio.file.Path;

/**
 * What the demo is to do.
 *
 * @param way how they come to their boards
 * @param vms how many VMs, 2 at least
 * @param file what is moved from VM to VM; a file that is not empty
 * @param seed of contents and order
 */
public record DemoOptions(BoardWay way, int vms, Path file, long seed) {

  /** JVMs of some 60 MB each: more than a demo needs, and than most machines bear. */
  private static final int MOST_VMS = 64;

  /** Checks the number of VMs. */
  public DemoOptions {
    if (vms < 2 || vms > MOST_VMS) {
      throw new IllegalArgumentException("--vms must be 2 to %d: %d".formatted(MOST_VMS, vms));
    }
  }
}
