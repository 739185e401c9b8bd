package io.myrixen.nic;

import org.jspecify.annotations.Nullable;

/** A board of another NIC, behind the wire: a peer, as MX calls it. NIC's thread. */
final class RemoteBoard implements Route {

  /** Nacks and names that a peer may have at once: as many as endpoints may close under traffic. */
  private static final int ANSWER_BURST = 64;

  /** 10,000 answers a second: a hundredth of what a fast peer sends, and never a flood of ours. */
  private static final long ANSWER_INTERVAL_NS = 100_000;

  private final Wire wire;
  private final long nicId;
  private final int index;
  private final long order;
  private @Nullable String hostname;

  /** What its last discovery bore; {@link #discovered} says whether there was one. */
  private int serial;

  private boolean discovered;
  private int answers = ANSWER_BURST;
  private long answersRefilledNs;

  /** Whether its name is to be asked for, and when next. */
  boolean nameWanted;

  long askNameAtNs;

  /** Whether an endpoint has asked if it is there, and it has not answered since. */
  boolean asked;

  /** When it may be told again which index of ours it should use. */
  long remindAtNs;

  /** When the last frame of it came, or it became known. */
  long heardNs;

  /** When a pull may ask again whether it is there. */
  long probeAtNs;

  RemoteBoard(Wire wire, long nicId, int index, long order, long nowNs) {
    this.wire = wire;
    this.nicId = nicId;
    this.index = index;
    this.order = order;
    this.answersRefilledNs = nowNs;
    this.remindAtNs = nowNs;
    this.heardNs = nowNs;
    this.probeAtNs = nowNs;
    this.askNameAtNs = nowNs;
  }

  /** What it is behind. */
  Wire wire() {
    return wire;
  }

  @Override
  public long nicId() {
    return nicId;
  }

  /** Under which this NIC knows it; it puts that into its frames once it has learned it. */
  int index() {
    return index;
  }

  /** Tells who became known earlier: the lower. */
  long order() {
    return order;
  }

  /** Its name, as it says; null until it has been asked. */
  @Nullable String hostname() {
    return hostname;
  }

  void hostname(String name) {
    hostname = name;
    nameWanted = false;
  }

  /** Takes the serial of a discovery. Returns whether the peer has begun anew, or is new. */
  boolean discovered(int newSerial) {
    boolean anew = !discovered || serial != newSerial;
    discovered = true;
    serial = newSerial;
    return anew;
  }

  /** Whether it may be answered once more; if so, that is one of its answers. */
  boolean mayAnswer(long nowNs) {
    long refill = (nowNs - answersRefilledNs) / ANSWER_INTERVAL_NS;
    if (refill > 0) {
      answers = (int) Math.min(ANSWER_BURST, answers + refill);
      answersRefilledNs += refill * ANSWER_INTERVAL_NS;
    }
    if (answers == 0) {
      return false;
    }
    answers--;
    return true;
  }
}
