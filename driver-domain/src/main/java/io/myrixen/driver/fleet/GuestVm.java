package io.myrixen.driver.fleet;

import io.myrixen.driver.guest.Line;
import io.myrixen.driver.process.BoardSource;
import io.myrixen.driver.process.ChildProcess;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A VM that runs our guest program. Its answers belong to one thread. */
public final class GuestVm implements ToldGuest {

  private final int index;
  private final String name;
  private final BoardSource boards;
  private final Answers answers;
  private @Nullable ChildProcess process;
  private volatile boolean dead;

  GuestVm(int index, String name, BoardSource boards) {
    this.index = index;
    this.name = name;
    this.boards = boards;
    this.answers = new Answers(name);
  }

  void started(ChildProcess started) {
    process = started;
  }

  /** Its place among the guests, from 0. */
  @Override
  public int index() {
    return index;
  }

  /** The name that it and its board are known by. */
  @Override
  public String name() {
    return name;
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
  @Override
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
    answers.heard(line);
  }

  void died() {
    dead = true;
    answers.died();
  }

  /** Takes the next line it said: {@link Answers#await(Duration)}. */
  public @Nullable Line await(Duration limit) throws InterruptedException {
    return answers.await(limit);
  }

  /** Skips lines until one with {@code verb}: {@link Answers#await(String, Duration)}. */
  @Override
  public @Nullable Line await(String verb, Duration limit) throws InterruptedException {
    return answers.await(verb, limit);
  }

  /** Skips lines until one with {@code verb}: {@link Answers#require}. */
  public Line require(String verb, Duration limit) throws InterruptedException {
    return answers.require(verb, limit);
  }

  void close() {
    if (process != null) {
      process.close();
    }
    boards.close();
  }
}
