package io.myrixen.mx.board;

import java.util.List;
import org.agrona.concurrent.NanoClock;

/**
 * Gives a process its boards. Every method may be called from any thread. Requests that ask netback
 * return a {@link Pending}: nobody spins on a response.
 */
public interface BoardDriver extends AutoCloseable {

  /** The boards of this process, by board number; a copy that does not change. */
  List<Board> boards();

  /**
   * Waits for {@code pending}: by sleeping where drivers have threads, by stepping the world in
   * simulation.
   *
   * @throws io.myrixen.mx.MxException what the request failed with; {@code TIMEOUT} if the driver
   *     domain does not answer
   */
  <T> T await(Pending<T> pending);

  /** The clock by which the library reckons its deadlines. */
  NanoClock clock();

  /**
   * Runs {@code work} from a thread of the driver's, again and again, until {@link #close}. A
   * driver without threads may do nothing: then progress is the caller's alone.
   */
  void addBackgroundWork(BackgroundWork work);

  /** Stops running {@code work}; when this returns, it does not run and never will again. */
  void removeBackgroundWork(BackgroundWork work);

  /** Gives all boards back, with every endpoint still open on them. Idempotent. */
  @Override
  void close();
}
