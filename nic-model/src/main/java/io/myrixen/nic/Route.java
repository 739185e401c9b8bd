package io.myrixen.nic;

/**
 * Where a NIC id leads: to a board of this NIC, or over the wire to another's. Closed, so that
 * another way out has to say, at each place that asks, what it does there.
 */
sealed interface Route permits LocalBoard, RemoteBoard {

  /** The id that leads there: the board's MAC. */
  long nicId();
}
