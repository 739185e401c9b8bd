package io.myrixen.driver.conformance;

import io.myrixen.conformance.subject.Subject;
import io.myrixen.driver.process.Lifetime;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.Peer;
import io.myrixen.netfront.XenBoardsProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The boards of the domain of real Xen that this process runs in. The first one is the near host;
 * another one at the same NIC, if the domain has such a device, the far one.
 */
public final class DomainSubject {

  private DomainSubject() {}

  /**
   * Opens the boards; they are given back with {@code lifetime}.
   *
   * @throws MxException if the domain has none
   */
  public static Subject open(Lifetime lifetime) {
    BoardDriver driver =
        lifetime.keep(
            new XenBoardsProvider()
                .open()
                .orElseThrow(() -> new MxException(ReturnCode.NO_DRIVER, "no domain of Xen")));
    List<Board> boards = driver.boards();
    Board near = boards.get(0);
    @Nullable Board far = other(driver, near, boards);
    return Subject.of(
        far == null ? "one board on Xen" : "two boards on Xen",
        open(driver, near, lifetime),
        far == null ? null : open(driver, far, lifetime),
        null,
        true);
  }

  private static Mx open(BoardDriver driver, Board board, Lifetime lifetime) {
    return lifetime.keep(Mx.init(new OneBoardDriver(driver, board)));
  }

  /** Returns another board that can be reached from {@code near}: one at the same NIC. */
  private static @Nullable Board other(BoardDriver driver, Board near, List<Board> boards) {
    List<Peer> peers = driver.await(near.peers());
    for (Board board : boards) {
      Peer peer = new Peer(board.nicId(), board.hostname());
      if (board.nicId() != near.nicId() && peers.contains(peer)) {
        return board;
      }
    }
    return null;
  }
}
