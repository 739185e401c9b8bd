package io.myrixen.mx.endpoint;

import java.util.ArrayList;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** The partners of an endpoint, by address: of each remote endpoint the latest. */
final class Partners {

  private final Long2ObjectHashMap<Partner> byAddress = new Long2ObjectHashMap<>();
  private final ArrayList<Partner> all = new ArrayList<>();
  private final int firstNumber;

  /** The last one found: messages come in bursts. */
  private @Nullable Partner recent;

  /**
   * Begins without partners.
   *
   * @param firstNumber the number that every partner's first message is to bear
   */
  Partners(int firstNumber) {
    this.firstNumber = firstNumber;
  }

  private static long key(long nicId, int endpointId) {
    return nicId << 8 | endpointId;
  }

  @Nullable Partner find(long nicId, int endpointId) {
    Partner last = recent;
    if (last != null && last.nicId() == nicId && last.endpointId() == endpointId) {
      return last;
    }
    Partner found = byAddress.get(key(nicId, endpointId));
    if (found != null) {
      recent = found;
    }
    return found;
  }

  /** Returns the living partner at that address, made if there is none. */
  Partner findOrMake(long nicId, int endpointId) {
    Partner found = find(nicId, endpointId);
    return found != null && found.death == null ? found : replace(nicId, endpointId);
  }

  /** Makes a new partner in a new era, in place of a dead one if there is one. */
  Partner replace(long nicId, int endpointId) {
    Partner old = find(nicId, endpointId);
    int era = old == null ? 0 : Sequence.era(old.nextMatch) + 1;
    return replace(nicId, endpointId, Sequence.of(era, firstNumber));
  }

  /** Makes a new partner whose first message is to bear {@code receiveStart}. */
  Partner replace(long nicId, int endpointId, int receiveStart) {
    return put(new Partner(this, nicId, endpointId, false, receiveStart));
  }

  Partner put(Partner partner) {
    Partner old = byAddress.put(key(partner.nicId(), partner.endpointId()), partner);
    if (old != null) {
      all.remove(old);
      partner.succeed(old);
    }
    all.add(partner);
    recent = partner;
    return partner;
  }

  int count() {
    return all.size();
  }

  Partner get(int index) {
    return all.get(index);
  }
}
