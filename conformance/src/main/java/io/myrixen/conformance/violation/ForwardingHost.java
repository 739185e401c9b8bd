package io.myrixen.conformance.violation;

import io.myrixen.conformance.subject.Host;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.ErrorHandler;
import io.myrixen.mx.InfoKey;
import io.myrixen.mx.InfoValue;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.Peer;
import java.util.List;

/** Hands every call to another host. */
class ForwardingHost implements Host {

  final Host inner;

  ForwardingHost(Host inner) {
    this.inner = inner;
  }

  @Override
  public List<Board> boards() {
    return inner.boards();
  }

  @Override
  public Endpoint openEndpoint(int board, int endpointId, int filter, EndpointOptions options) {
    return inner.openEndpoint(board, endpointId, filter, options);
  }

  @Override
  public long nicIdOf(String hostname) {
    return inner.nicIdOf(hostname);
  }

  @Override
  public String hostnameOf(long nicId) {
    return inner.hostnameOf(nicId);
  }

  @Override
  public List<Peer> peers() {
    return inner.peers();
  }

  @Override
  public Board boardOf(long nicId) {
    return inner.boardOf(nicId);
  }

  @Override
  public InfoValue info(InfoKey key, int board) {
    return inner.info(key, board);
  }

  @Override
  public ErrorHandler errorHandler(ErrorHandler handler) {
    return inner.errorHandler(handler);
  }
}
