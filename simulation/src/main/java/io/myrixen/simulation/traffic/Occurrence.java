package io.myrixen.simulation.traffic;

/** What applications see happen, and what a campaign wants to have seen. */
public enum Occurrence {
  /** An endpoint was opened whose queues are divided by context. */
  CONTEXTS,
  /** A probe showed a message. */
  PROBE_SHOWED,
  /** A probe showed nothing. */
  PROBE_IN_VAIN,
  /** A probe waited, and showed a message. */
  PROBE_AWAITED,
  /** A receive got what a probe had shown. */
  PROBED_RECEIVED,
  /** A send ended by its time-out. */
  SEND_TIMED_OUT,
  /** A connect ended by its time-out. */
  CONNECT_TIMED_OUT,
  /** A receive broke off since the time of the send that it had matched was over. */
  RECEIVE_BROKEN_OFF,
  /** An endpoint's unexpected messages have taken half of their memory at least. */
  MEMORY_HALF_FULL;
}
