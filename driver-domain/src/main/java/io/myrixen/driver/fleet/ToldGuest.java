package io.myrixen.driver.fleet;

import io.myrixen.driver.guest.Line;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A guest as seen by who tells it what to do. */
public interface ToldGuest {

  /** By what others know it in lines that they are told. */
  int index();

  /** The name for people. */
  String name();

  /** Tells it something. */
  void send(Line line);

  /**
   * Skips what it says until a line with {@code verb}.
   *
   * @return null if it has died
   * @throws GuestFailedException if it says nothing in time, or that it failed
   */
  @Nullable Line await(String verb, Duration limit) throws InterruptedException;
}
