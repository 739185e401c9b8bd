package io.myrixen.conformance.violation;

import io.myrixen.conformance.subject.Host;
import io.myrixen.mx.InfoKey;
import io.myrixen.mx.InfoValue;
import io.myrixen.mx.MxException;
import io.myrixen.mx.board.Board;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;

/** What can be told wrong about boards. */
final class InfoViolations {

  private InfoViolations() {}

  static List<Violation> violations() {
    return List.of(
        told(
            "list-of-nic-ids-is-empty",
            (key, value) -> key == InfoKey.NIC_IDS ? new InfoValue.Numbers(List.of()) : value,
            "info-lists-every-board"),
        told(
            "numbers-are-one-too-small",
            (_, value) ->
                value instanceof InfoValue.Number(long number)
                    ? new InfoValue.Number(number - 1)
                    : value,
            "info-tells-limits",
            "info-tells-what-a-board-is",
            "info-lists-every-board"),
        told(
            "counters-stand-still",
            (_, value) ->
                value instanceof InfoValue.Numbers(List<Long> numbers)
                    ? new InfoValue.Numbers(Collections.nCopies(numbers.size(), 0L))
                    : value,
            "info-counters-count"),
        Violation.ofHost(
            "unknown-board-is-taken-for-board-0",
            FirstBoard::new,
            "info-of-no-board-is-board-unknown",
            "nic-id-leads-to-an-own-board"));
  }

  private static Violation told(
      String name, BiFunction<InfoKey, InfoValue, InfoValue> change, String... caughtBy) {
    return Violation.ofHost(
        name,
        host ->
            new ForwardingHost(host) {
              @Override
              public InfoValue info(InfoKey key, int board) {
                return change.apply(key, super.info(key, board));
              }
            },
        caughtBy);
  }

  private static final class FirstBoard extends ForwardingHost {

    FirstBoard(Host inner) {
      super(inner);
    }

    @Override
    public InfoValue info(InfoKey key, int board) {
      try {
        return super.info(key, board);
      } catch (MxException _) {
        return super.info(key, 0);
      }
    }

    @Override
    public Board boardOf(long nicId) {
      try {
        return super.boardOf(nicId);
      } catch (MxException _) {
        return boards().getFirst();
      }
    }
  }
}
