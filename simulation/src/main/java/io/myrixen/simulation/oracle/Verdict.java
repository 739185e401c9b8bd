package io.myrixen.simulation.oracle;

import java.util.List;

/** Judges a run that is over: nothing that had to arrive is missing, and nothing overtook. */
public final class Verdict {

  private final List<Station> stations;

  Verdict(List<Station> stations) {
    this.stations = List.copyOf(stations);
  }

  /**
   * Throws if anything is missing, or matched out of order.
   *
   * @throws ViolationException naming the first message
   */
  public void check() {
    for (Station station : stations) {
      for (Pair pair : station.pairs.values()) {
        checkArrived(pair);
        checkOrder(pair);
      }
    }
  }

  private static void checkArrived(Pair pair) {
    if (pair.excused()) {
      return;
    }
    for (Message message : pair.messages) {
      if (message.receive == null) {
        throw new ViolationException("never arrived: " + message);
      }
    }
  }

  /**
   * Of two messages of a pair the earlier one comes to be matched first. So it cannot have been
   * left over, or taken by a later receive, when the later one found a receive that wanted both.
   */
  private static void checkOrder(Pair pair) {
    for (int later = 1; later < pair.messages.size(); later++) {
      Receive receive = pair.messages.get(later).receive;
      if (receive == null) {
        continue;
      }
      for (int earlier = 0; earlier < later; earlier++) {
        Message message = pair.messages.get(earlier);
        if (receive.accepts(message) && overtaken(message, receive, pair)) {
          throw new ViolationException(
              "overtaken: %s by %s, which %s took"
                  .formatted(message, pair.messages.get(later), receive));
        }
      }
    }
  }

  private static boolean overtaken(Message message, Receive receive, Pair pair) {
    return message.receive == null ? !pair.excused() : message.receive.number > receive.number;
  }
}
