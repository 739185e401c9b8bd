package io.myrixen.driver.fleet;

import io.myrixen.driver.guest.Line;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a process has said and nobody has taken yet. Lines come in on any thread. */
public final class Answers {

  /** Stands in the queue behind everything that was said before the death. */
  private static final Line DEATH = Line.of("died");

  private final String name;
  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

  /** Of the process that goes by {@code name}. */
  public Answers(String name) {
    this.name = name;
  }

  /** It has said something. */
  public void heard(Line line) {
    lines.add(line);
  }

  /** It has ended, and will say no more. */
  public void died() {
    lines.add(DEATH);
  }

  /**
   * Takes the next line it said.
   *
   * @return null if it has died
   * @throws GuestFailedException if it says nothing in time, or that it failed
   */
  public @Nullable Line await(Duration limit) throws InterruptedException {
    Line line = lines.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (line == null) {
      throw new GuestFailedException(name + " says nothing for " + limit.toSeconds() + " seconds");
    }
    if (line.equals(DEATH)) {
      lines.add(DEATH);
      return null;
    }
    if (line.verb().equals("failed")) {
      throw new GuestFailedException(name + ": " + line.text("what"));
    }
    return line;
  }

  /**
   * Skips lines until one with {@code verb}.
   *
   * @return null if it has died
   */
  public @Nullable Line await(String verb, Duration limit) throws InterruptedException {
    Line line = await(limit);
    while (line != null && !line.verb().equals(verb)) {
      line = await(limit);
    }
    return line;
  }

  /**
   * Skips lines until one with {@code verb}, which must come.
   *
   * @throws GuestFailedException if it has died, too
   */
  public Line require(String verb, Duration limit) throws InterruptedException {
    Line line = await(verb, limit);
    if (line == null) {
      throw new GuestFailedException(name + " died");
    }
    return line;
  }
}
