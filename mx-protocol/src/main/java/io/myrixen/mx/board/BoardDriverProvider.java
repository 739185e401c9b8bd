package io.myrixen.mx.board;

import java.util.Optional;

/**
 * Finds out whether this process has boards of some kind, and opens their driver. Found through
 * {@link java.util.ServiceLoader}.
 */
public interface BoardDriverProvider {

  /**
   * Opens the driver.
   *
   * @return empty if nothing here says that this process has such boards
   * @throws io.myrixen.mx.MxException if something says so and they cannot be had
   */
  Optional<BoardDriver> open();

  /**
   * What it takes for {@link #open} to succeed, for the message of a process that has no boards.
   */
  String requirement();
}
