package io.myrixen.mx.endpoint;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.EndpointPort;
import java.util.function.Consumer;

/** Opens endpoints for {@link io.myrixen.mx.Mx}. */
public final class EndpointFactory {

  private EndpointFactory() {}

  /**
   * Opens endpoint {@code endpointId} of {@code board}.
   *
   * @param filter the key that others must name to connect
   * @param closed told once, when the endpoint has been closed
   * @throws io.myrixen.mx.MxException {@code BUSY}, {@code NO_RESOURCES}, {@code NIC_DEAD}
   */
  public static Endpoint open(
      BoardDriver driver,
      Board board,
      int endpointId,
      int filter,
      EndpointOptions options,
      Consumer<? super Endpoint> closed) {
    return open(driver, board, endpointId, filter, options, Sequence.FIRST, closed);
  }

  /**
   * Opens likewise, with the number that messages from new partners begin at: so that who tests
   * what happens at the wrap of these numbers need not send sixteen thousand messages first.
   *
   * @param firstSequence 0 to 16383
   */
  public static Endpoint openBeginningAt(
      int firstSequence,
      BoardDriver driver,
      Board board,
      int endpointId,
      int filter,
      EndpointOptions options) {
    return open(driver, board, endpointId, filter, options, firstSequence, _ -> {});
  }

  /** Opens likewise, with the number that messages from new partners begin at. */
  static LibraryEndpoint open(
      BoardDriver driver,
      Board board,
      int endpointId,
      int filter,
      EndpointOptions options,
      int firstSequence,
      Consumer<? super Endpoint> closed) {
    EndpointPort port = driver.await(board.openEndpoint(endpointId, options.geometry()));
    var engine = new Engine(driver, board, port, filter, options, firstSequence);
    engine.registerStaging(driver);
    return new LibraryEndpoint(driver, board, engine, closed).begin();
  }
}
