package io.myrixen.netback;

import io.myrixen.mx.control.RequestKind;
import java.util.EnumMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts on netback's thread, can be read from any. */
final class Tally {

  final AtomicLong malformed = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  final AtomicLong endpointFaults = new AtomicLong();
  final AtomicLong deviceFaults = new AtomicLong();
  final AtomicLong devices = new AtomicLong();
  final AtomicLong endpoints = new AtomicLong();
  final AtomicLong pinnedPages = new AtomicLong();

  private final RequestKind[] kinds = RequestKind.values();
  private final AtomicLongArray requests = new AtomicLongArray(kinds.length);

  void request(RequestKind kind) {
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] == kind) {
        requests.incrementAndGet(i);
      }
    }
  }

  NetbackCounters snapshot() {
    var byKind = new EnumMap<RequestKind, Long>(RequestKind.class);
    for (int i = 0; i < kinds.length; i++) {
      byKind.put(kinds[i], requests.get(i));
    }
    return new NetbackCounters(
        byKind,
        malformed.get(),
        refused.get(),
        endpointFaults.get(),
        deviceFaults.get(),
        devices.get(),
        endpoints.get(),
        pinnedPages.get());
  }
}
