package io.myrixen.driver.fleet;

import io.myrixen.driver.guest.Line;
import io.myrixen.driver.process.ChildProcess;
import io.myrixen.driver.process.VmDomain;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A VM that runs our guest program. Its answers belong to one thread. */
public final class GuestVm {

  /** Stands in the queue behind everything that a guest said before it died. */
  private static final Line DEATH = Line.of("died");

  private final int index;
  private final String name;
  private final VmDomain domain;
  private final BlockingQueue<Line> answers = new LinkedBlockingQueue<>();
  private @Nullable ChildProcess process;
  private volatile boolean dead;

  GuestVm(int index, String name, VmDomain domain) {
    this.index = index;
    this.name = name;
    this.domain = domain;
  }

  void started(ChildProcess started) {
    process = started;
  }

  /** Its place among the guests, from 0. */
  public int index() {
    return index;
  }

  /** Its domain's name. */
  public String name() {
    return name;
  }

  /** Its domain's id. */
  public int domid() {
    return domain.domid();
  }

  /** Its process's id. */
  public long pid() {
    return running().pid();
  }

  /** Whether its process has ended without having been told to. */
  public boolean dead() {
    return dead;
  }

  /** Tells it something. */
  public void send(Line line) {
    running().send(line.toString());
  }

  private ChildProcess running() {
    if (process == null) {
      throw new IllegalStateException(name + " has not been started");
    }
    return process;
  }

  void heard(Line line) {
    answers.add(line);
  }

  void died() {
    dead = true;
    answers.add(DEATH);
  }

  /**
   * Takes the next line it said.
   *
   * @return null if it has died
   * @throws GuestFailedException if it says nothing in time, or that it failed
   */
  public @Nullable Line await(Duration limit) throws InterruptedException {
    Line line = answers.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (line == null) {
      throw new GuestFailedException(name + " says nothing for " + limit.toSeconds() + " seconds");
    }
    if (line.equals(DEATH)) {
      answers.add(DEATH);
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

  void close() {
    if (process != null) {
      process.close();
    }
    domain.close();
  }
}
