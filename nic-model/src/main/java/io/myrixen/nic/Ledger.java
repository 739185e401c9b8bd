package io.myrixen.nic;

import io.myrixen.nic.NicCounters.OfBoard;
import io.myrixen.nic.NicCounters.OfEndpoint;
import io.myrixen.nic.NicCounters.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * Who counts now, and what those counted who do so no more: replaced as a whole whenever an
 * endpoint or a board comes or goes, so that a reader in between misses no count and sees none
 * twice.
 *
 * @param gone of boards that were removed
 * @param own of what concerns no board
 * @param pages of each board that is there
 */
record Ledger(Values gone, Tally own, List<Page> pages) {

  /**
   * One board's part.
   *
   * @param closed of its endpoints that are closed
   * @param open its endpoints
   */
  record Page(LocalBoard board, Values closed, List<NicEndpoint> open) {}

  /** Sums up, on any thread. */
  NicCounters read() {
    Values total = gone.plus(own.snapshot());
    var boards = new ArrayList<OfBoard>();
    var endpoints = new ArrayList<OfEndpoint>();
    for (Page page : pages) {
      long nicId = page.board().nicId();
      Values sum = page.closed().plus(page.board().own());
      for (NicEndpoint endpoint : page.open()) {
        Values counters = endpoint.counters();
        sum = sum.plus(counters);
        endpoints.add(new OfEndpoint(nicId, endpoint.id(), counters));
      }
      boards.add(new OfBoard(nicId, sum));
      total = total.plus(sum);
    }
    return new NicCounters(total, boards, endpoints);
  }
}
