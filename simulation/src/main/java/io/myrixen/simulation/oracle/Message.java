package io.myrixen.simulation.oracle;

import io.myrixen.mx.StatusCode;
import org.jspecify.annotations.Nullable;

/** A message that an application sent. */
public final class Message {

  final int id;
  final Pair pair;
  final long info;
  final long length;
  final boolean synchronous;

  /** The receive that got it. */
  @Nullable Receive receive;

  /** How its send ended; null before, or if nobody asks. */
  @Nullable StatusCode ended;

  /** When its send had ended, in the oracle's order of things. */
  long endedAt;

  /** When its send may end by its time-out, in nanoseconds; never if it has none. */
  long endsNs = Long.MAX_VALUE;

  Message(int id, Pair pair, long info, long length, boolean synchronous) {
    this.id = id;
    this.pair = pair;
    this.info = info;
    this.length = length;
    this.synchronous = synchronous;
  }

  /** Whether it need not arrive: its pair is excused, or the time of its send was over. */
  boolean mayBeMissing() {
    return pair.excused() || ended == StatusCode.TIMEOUT;
  }

  boolean bears(long wanted, long mask) {
    return (info & mask) == wanted;
  }

  /** What tells it from others. */
  public long info() {
    return info;
  }

  /** Its length, in bytes. */
  public long length() {
    return length;
  }

  /** Who it is for. */
  public Station to() {
    return pair.to;
  }

  /** What its contents are made from. */
  public long key() {
    return info;
  }

  @Override
  public String toString() {
    return "message %d (info %x, %d bytes%s) %s, %s"
        .formatted(
            id,
            info,
            length,
            synchronous ? ", synchronous" : "",
            pair,
            ended == null ? "pending" : ended);
  }
}
