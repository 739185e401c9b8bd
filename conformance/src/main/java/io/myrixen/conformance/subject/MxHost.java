package io.myrixen.conformance.subject;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.ErrorHandler;
import io.myrixen.mx.InfoKey;
import io.myrixen.mx.InfoValue;
import io.myrixen.mx.Mx;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.Peer;
import java.util.List;

/** Hands everything to an opened {@link Mx}. */
record MxHost(Mx mx) implements Host {

  @Override
  public List<Board> boards() {
    return mx.boards();
  }

  @Override
  public Endpoint openEndpoint(int board, int endpointId, int filter, EndpointOptions options) {
    return mx.openEndpoint(board, endpointId, filter, options);
  }

  @Override
  public long nicIdOf(String hostname) {
    return mx.nicIdOf(hostname);
  }

  @Override
  public String hostnameOf(long nicId) {
    return mx.hostnameOf(nicId);
  }

  @Override
  public List<Peer> peers() {
    return mx.peers();
  }

  @Override
  public Board boardOf(long nicId) {
    return mx.boardOf(nicId);
  }

  @Override
  public InfoValue info(InfoKey key, int board) {
    return mx.info(key, board);
  }

  @Override
  public ErrorHandler errorHandler(ErrorHandler handler) {
    return Mx.errorHandler(handler);
  }
}
