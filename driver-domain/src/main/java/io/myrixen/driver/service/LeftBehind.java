package io.myrixen.driver.service;

import io.myrixen.netfront.NativeBoards;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Clears a run directory of what neither service could remove, since the other one was killed or
 * ended first. Whoever ends last finds the directory empty.
 */
public final class LeftBehind {

  private LeftBehind() {}

  /**
   * Removes counters and socket of a driver domain whose hypervisor has ended, and an empty
   * directory.
   */
  public static void remove(Path runDirectory) throws IOException {
    Files.deleteIfExists(runDirectory.resolve(CounterNames.FILE));
    Files.deleteIfExists(runDirectory.resolve(NativeBoards.SOCKET));
    try {
      Files.deleteIfExists(runDirectory);
    } catch (DirectoryNotEmptyException _) {
      // It holds somebody else's files, or another hypervisor's already.
    }
  }
}
