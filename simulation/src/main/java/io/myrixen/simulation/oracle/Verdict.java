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
      station.looks.forEach(Verdict::checkLook);
    }
  }

  private static void checkArrived(Pair pair) {
    if (pair.excused()) {
      return;
    }
    for (Message message : pair.messages) {
      if (message.receive == null && !message.mayBeMissing()) {
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
        if (receive.accepts(message) && overtaken(message, receive)) {
          throw new ViolationException(
              "overtaken: %s by %s, which %s took"
                  .formatted(message, pair.messages.get(later), receive));
        }
      }
    }
  }

  /** The same for probes: what is earlier than what one showed was taken by a receive before it. */
  private static void checkLook(Look look) {
    for (Message earlier : look.message().pair.messages) {
      if (earlier.id == look.message().id) {
        return;
      }
      Receive receive = earlier.receive;
      boolean waited = receive == null ? !earlier.mayBeMissing() : receive.number >= look.before();
      if (waited && earlier.bears(look.info(), look.mask())) {
        throw new ViolationException(
            "a probe showed %s, and before it there was %s".formatted(look.message(), earlier));
      }
    }
  }

  private static boolean overtaken(Message message, Receive receive) {
    return message.receive == null
        ? !message.mayBeMissing()
        : message.receive.number > receive.number;
  }
}
