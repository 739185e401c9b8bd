package io.myrixen.conformance.violation;

import io.myrixen.conformance.subject.Host;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.Peer;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongBiFunction;
import java.util.function.UnaryOperator;

/** What can be done wrong with names and ids of boards. */
final class NameViolations {

  private NameViolations() {}

  static List<Violation> violations() {
    return List.of(
        Violation.ofHost("nic-id-has-upper-bits", UpperBits::new, "nic-id-is-a-mac"),
        Violation.ofHost(
            "name-leads-to-another-nic-id",
            byName((host, name) -> host.nicIdOf(name) ^ 1),
            "name-leads-to-nic-id-and-back",
            "bare-name-means-board-0"),
        Violation.ofHost(
            "bare-name-is-refused",
            byName((host, name) -> {
              if (name.indexOf(':') < 0) {
                throw new MxException(ReturnCode.HOST_NOT_FOUND, name);
              }
              return host.nicIdOf(name);
            }),
            "bare-name-means-board-0"),
        Violation.ofHost(
            "name-ignores-case",
            byName((host, name) -> host.nicIdOf(name.toLowerCase(Locale.ROOT))),
            "name-is-compared-exactly"),
        Violation.ofHost(
            "unknown-name-is-nic-id-0",
            byName((host, name) ->
                host.peers().stream()
                    .filter(peer -> peer.hostname().equals(name))
                    .mapToLong(Peer::nicId)
                    .findFirst()
                    .orElse(0)),
            "unknown-name-is-host-not-found"),
        Violation.ofHost(
            "unknown-nic-id-has-no-name", NoName::new, "unknown-nic-id-is-nic-not-found"),
        Violation.ofHost("peers-are-only-others", OnlyOthers::new, "peers-are-everybody"));
  }

  private static UnaryOperator<Host> byName(ToLongBiFunction<Host, String> lookUp) {
    return host ->
        new ForwardingHost(host) {
          @Override
          public long nicIdOf(String hostname) {
            return lookUp.applyAsLong(host, hostname);
          }
        };
  }

  private static final class UpperBits extends ForwardingHost {

    UpperBits(Host inner) {
      super(inner);
    }

    @Override
    public List<Board> boards() {
      return super.boards().stream().map(UpperBits::wrong).toList();
    }

    private static Board wrong(Board board) {
      return (Board)
          Proxy.newProxyInstance(
              Board.class.getClassLoader(),
              new Class<?>[] {Board.class},
              (_, method, arguments) ->
                  method.getName().equals("nicId")
                      ? (Object) (board.nicId() | 1L << 60)
                      : method.invoke(board, arguments));
    }
  }

  private static final class NoName extends ForwardingHost {

    NoName(Host inner) {
      super(inner);
    }

    @Override
    public String hostnameOf(long nicId) {
      try {
        return super.hostnameOf(nicId);
      } catch (MxException _) {
        return "";
      }
    }
  }

  private static final class OnlyOthers extends ForwardingHost {

    OnlyOthers(Host inner) {
      super(inner);
    }

    @Override
    public List<Peer> peers() {
      List<Long> own = boards().stream().map(Board::nicId).toList();
      return super.peers().stream().filter(peer -> !own.contains(peer.nicId())).toList();
    }
  }
}
