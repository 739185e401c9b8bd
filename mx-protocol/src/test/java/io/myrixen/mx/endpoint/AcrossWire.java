package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.ReliabilityCounters;
import io.myrixen.mx.Request;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.endpoint.FakeNic.Fate;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Alice and Bob on two NICs, with a wire between them. */
abstract class AcrossWire extends TwoEndpoints {

  static final long MILLISECOND_NS = 1_000_000;

  final FakeWire wire = world.lay();
  private int countdown;

  /** The given fate for the {@code nth} frame of {@code kind} from now on, once. */
  void plan(int kind, int nth, Fate fate) {
    countdown = nth;
    world.nic.plan = command -> command.kind == kind && --countdown == 0 ? fate : Fate.DELIVER;
  }

  static WireFlow flow(EndpointAddress address) {
    WireFlow flow = ((Partner) address).flow;
    assertNotNull(flow, "no wire to " + address);
    return flow;
  }

  static ReliabilityCounters reasons(LibraryEndpoint endpoint) {
    return endpoint.counters().reliability();
  }

  /** Sends messages {@code first} to {@code first + count - 1}, of which nobody is told. */
  void sendAll(int first, int count, int bytes) {
    for (int i = first; i < first + count; i++) {
      alice.isend(message(bytes, i), toBob, 7, null);
    }
  }

  List<Request> postAll(List<MemorySegment> targets, int count, int bytes) {
    List<Request> receives = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      targets.add(room(bytes));
      receives.add(receive(bob, targets.get(i), 7));
    }
    return receives;
  }

  /** Sends {@code count} messages to Bob, who waits for them, and looks at each. */
  void exchange(int count, int bytes) {
    List<MemorySegment> targets = new ArrayList<>();
    List<Request> receives = postAll(targets, count, bytes);
    sendAll(0, count, bytes);
    for (int i = 0; i < count; i++) {
      ends(bob, receives.get(i), StatusCode.SUCCESS, bytes, bytes);
      assertEquals(-1, message(bytes, i).mismatch(targets.get(i)), "message " + i);
    }
  }
}
