package io.myrixen.simulation.oracle;

import java.util.ArrayList;
import java.util.List;

/** What one station sent to another, in order, and whether that may get lost. */
final class Pair {

  final Station from;
  final Station to;
  final List<Message> messages = new ArrayList<>();

  /** Why messages may fail or be lost; empty: they may not. */
  private String excuse = "";

  Pair(Station from, Station to) {
    this.from = from;
    this.to = to;
  }

  void excuse(String why) {
    if (excuse.isEmpty()) {
      excuse = why;
    }
  }

  boolean excused() {
    return !excuse.isEmpty();
  }

  @Override
  public String toString() {
    return from + " -> " + to + (excused() ? " [" + excuse + "]" : "");
  }
}
