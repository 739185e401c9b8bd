package io.myrixen.mx.match;

/** A node with a number, for messages of failed tests. */
final class Node extends MatchNode {

  final int number;

  Node(int number, long info, long mask) {
    this.number = number;
    match(info, mask);
  }

  @Override
  public String toString() {
    return "#%d 0x%x/0x%x".formatted(number, matchInfo(), matchMask());
  }
}
