package io.myrixen.driver.conformance;

import io.myrixen.mx.board.BackgroundWork;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.Pending;
import java.util.List;
import org.agrona.concurrent.NanoClock;

/** One board of a driver that gives several, as a process has it that has no other. */
final class OneBoardDriver implements BoardDriver {

  private final BoardDriver driver;
  private final Board board;

  /** Shows {@code board} alone; the driver stays the caller's. */
  OneBoardDriver(BoardDriver driver, Board board) {
    this.driver = driver;
    this.board = board;
  }

  @Override
  public List<Board> boards() {
    return List.of(board);
  }

  @Override
  public <T> T await(Pending<T> pending) {
    return driver.await(pending);
  }

  @Override
  public NanoClock clock() {
    return driver.clock();
  }

  @Override
  public void addBackgroundWork(BackgroundWork work) {
    driver.addBackgroundWork(work);
  }

  @Override
  public void removeBackgroundWork(BackgroundWork work) {
    driver.removeBackgroundWork(work);
  }

  @Override
  public void close() {}
}
