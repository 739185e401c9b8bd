package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.CloseReport;
import io.myrixen.mx.Request;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.endpoint.FakeNic.Fate;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Closing: nothing that was called complete is lost while there is time. */
class CloseTest extends TwoEndpoints {

  @Test
  void shouldLingerUntilEverythingIsAcknowledged() {
    int[] sizes = {5, 100, 20_000, 32_768};
    for (int i = 0; i < 60; i++) {
      alice.isend(message(sizes[i % 4], i), toBob, i, null);
    }
    int[] count = {0};
    world.nic.plan = c -> c.kind != Kind.ACK && count[0]++ % 9 == 8 ? Fate.DROP : Fate.DELIVER;
    CloseReport report = alice.close(Duration.ofSeconds(30));

    assertTrue(report.clean(), report::toString);
    for (int i = 0; i < 60; i++) {
      MemorySegment target = room(32_768);
      ends(bob, receive(bob, target, i), StatusCode.SUCCESS);
      long size = status.messageLength();
      assertEquals(-1, message(sizes[i % 4], i).mismatch(target.asSlice(0, size)));
    }
  }

  @Test
  void shouldSayWhatRemainedWhenTimeHasPassed() {
    world.frozen.add(bob);
    alice.isend(message(100), toBob, 1, null);
    alice.isend(message(1_000), toBob, 1, null);
    long begun = world.now();

    assertEquals(new CloseReport(2, 1_100), alice.close(Duration.ofSeconds(2)));
    assertTrue(world.now() - begun >= 2 * SECOND_NS);
  }

  @Test
  void shouldNotLingerForAPeerThatIsGone() {
    alice.isend(message(100), toBob, 1, null);
    world.kill(bob);
    long begun = world.now();

    assertTrue(alice.close(Duration.ofSeconds(20)).clean());
    assertTrue(world.now() - begun < SECOND_NS);
  }

  @Test
  void shouldSendTheAcknowledgementItOwes() {
    alice.isend(message(100), toBob, 1, null);
    world.settle();
    bob.close();
    world.settle();

    assertTrue(alice.close(Duration.ZERO).clean());
    assertEquals(0, alice.counters().nacks());
  }

  @Test
  void shouldSeeItsNotifyThrough() {
    Request send = send(alice, message(50_000), toBob, 1);
    Request receive = receive(bob, room(50_000), 1);
    ends(bob, receive, StatusCode.SUCCESS);
    int[] count = {0};
    world.nic.plan = c -> c.kind == Kind.NOTIFY && count[0]++ == 0 ? Fate.DROP : Fate.DELIVER;
    bob.close();

    ends(alice, send, StatusCode.SUCCESS, 50_000, 50_000);
  }

  @Test
  void shouldCancelWhatIsPending() {
    List<Request> requests = new ArrayList<>();
    requests.add(receive(alice, room(1), 1));
    requests.add(send(alice, message(50_000), toBob, 1));
    requests.add(send(alice, message(5), alice.address(), 2));
    Request connect = alice.newRequest();
    world.frozen.add(bob);
    alice.iconnect(World.FIRST_NIC + 1, 3, World.KEY, 0, connect);
    requests.add(connect);
    alice.close(Duration.ZERO);

    for (Request request : requests) {
      ends(alice, request, StatusCode.CANCELLED);
    }
  }
}
