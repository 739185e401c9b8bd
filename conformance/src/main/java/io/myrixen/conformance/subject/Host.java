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

/** MX as one process of the subject has it. Each method is that of {@link Mx}. */
public interface Host {

  /** As {@link Mx#boards}. */
  List<Board> boards();

  /** As {@link Mx#openEndpoint(int, int, int, EndpointOptions)}. */
  Endpoint openEndpoint(int board, int endpointId, int filter, EndpointOptions options);

  /** As {@link Mx#nicIdOf}. */
  long nicIdOf(String hostname);

  /** As {@link Mx#hostnameOf}. */
  String hostnameOf(long nicId);

  /** As {@link Mx#peers}. */
  List<Peer> peers();

  /** As {@link Mx#boardOf}. */
  Board boardOf(long nicId);

  /** As {@link Mx#info}. */
  InfoValue info(InfoKey key, int board);

  /** As {@link Mx#errorHandler(ErrorHandler)}, which is everybody's in this process. */
  ErrorHandler errorHandler(ErrorHandler handler);

  /** The host that has {@code mx}, which stays its opener's to close. */
  static Host of(Mx mx) {
    return new MxHost(mx);
  }
}
