package io.myrixen.simulation.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One opening of an endpoint, from its opening to its end. */
public final class Station {

  private final String name;
  private final long nicId;
  private final int endpointId;
  private final int session;

  /** In the order in which they were posted. */
  final List<Receive> receives = new ArrayList<>();

  /** Messages for this station that no receive has got, oldest first. */
  final Map<Integer, Message> unmatched = new LinkedHashMap<>();

  /** What probes have shown. */
  final List<Look> looks = new ArrayList<>();

  /** What it sent to whom. */
  final Map<Station, Pair> pairs = new LinkedHashMap<>();

  private boolean gone;

  Station(String name, long nicId, int endpointId, int session) {
    this.name = name;
    this.nicId = nicId;
    this.endpointId = endpointId;
    this.session = session;
  }

  /** Id of its board. */
  public long nicId() {
    return nicId;
  }

  /** Its number on the board. */
  public int endpointId() {
    return endpointId;
  }

  /** What tells this opening from others. */
  public int session() {
    return session;
  }

  /** Whether it has been closed, killed, or cut off from its NIC. */
  public boolean gone() {
    return gone;
  }

  void go() {
    gone = true;
  }

  /** Messages sent to it that no receive of it has got. */
  public int unmatchedCount() {
    return unmatched.size();
  }

  @Override
  public String toString() {
    return "%s(session %x%s)".formatted(name, session, gone ? ", gone" : "");
  }
}
