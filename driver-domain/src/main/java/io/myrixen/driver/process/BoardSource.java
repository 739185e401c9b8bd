package io.myrixen.driver.process;

import io.myrixen.mx.board.BoardDriver;
import java.util.Map;

/**
 * What a process needs to find its boards: one that is about to be started, or this one. Gone with
 * {@link #close}: the process had better be gone before.
 */
public interface BoardSource extends AutoCloseable {

  /** What its process needs in its environment. */
  Map<String, String> environment();

  /**
   * Opens the boards in this process, instead of starting another.
   *
   * @throws io.myrixen.mx.MxException with {@code NO_DRIVER} if they cannot be had
   */
  BoardDriver attach();

  /** Gives back what was made for it. Idempotent, and content if the hypervisor is gone. */
  @Override
  void close();
}
