package io.myrixen.tests.embedded;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.embedded.EmbeddedContext;
import io.myrixen.embedded.MyriXen;
import io.myrixen.embedded.Vm;
import io.myrixen.embedded.VmOptions;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.board.Peer;
import io.myrixen.netback.NetbackContext;
import io.myrixen.nic.NicCounter;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.local.HypervisorCounters;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** The life of embedded systems. Each test looks for what is left of them. */
@Timeout(60)
class EmbeddedTest {

  private static final int ID = 1;
  private static final int KEY = 7;
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Status status = new Status();
  private Traces before = new Traces(Set.of(), 0, 0);

  @BeforeEach
  void look() throws IOException {
    before = Traces.now();
  }

  @AfterEach
  void lookAgain() throws IOException {
    before.assertNothingLeftNow();
  }

  private static MemorySegment room(int bytes) {
    return MemorySegment.ofArray(new byte[bytes]);
  }

  private static Endpoint open(Vm vm) {
    return vm.mx().openEndpoint(Mx.ANY_NIC, ID, KEY);
  }

  private void exchange(Endpoint from, Endpoint to, int bytes) {
    exchange(from, from.connect(to.board().nicId(), ID, KEY, LONG), to, bytes);
  }

  private void exchange(Endpoint from, EndpointAddress peer, Endpoint to, int bytes) {
    MemorySegment source = room(bytes).fill((byte) bytes);
    MemorySegment target = room(bytes);
    Request receive = to.newRequest();
    to.irecv(target, 1, Mx.MATCH_EXACT, receive);
    from.isend(source, peer, 1, null);
    assertTrue(to.await(receive, LONG, status), "the message did not come");
    assertEquals(StatusCode.SUCCESS, status.code());
    assertEquals(-1, source.mismatch(target));
  }

  private static List<String> hostnames(Vm vm) {
    return vm.mx().peers().stream().map(Peer::hostname).sorted().toList();
  }

  @Test
  void shouldLeaveNothingThoughNobodyCleansUp() throws IOException {
    MyriXen myrixen = MyriXen.embedded();
    try (myrixen) {
      Endpoint a = open(myrixen.createVm("a"));
      Endpoint b = open(myrixen.createVm("b"));
      exchange(a, b, 100_000);
      a.allocate(1 << 20);
      b.irecv(room(8), 2, Mx.MATCH_EXACT, b.newRequest());
      Traces now = Traces.now();
      assertTrue(now.descriptors() > before.descriptors(), "memory files are seen");
      assertTrue(now.mappings() > before.mappings(), "mappings are seen");
    }
    HypervisorCounters after = myrixen.hypervisorCounters();
    assertEquals(0, after.domainsNow(), "domains");
    assertEquals(0, after.grantedPagesNow(), "granted pages");
    assertEquals(0, after.mappingsNow(), "mappings");
    assertEquals(0, after.portsNow(), "ports");
  }

  @Test
  void shouldTellThatMessagesAskNobody() {
    try (MyriXen myrixen = MyriXen.embedded()) {
      Endpoint a = open(myrixen.createVm("a"));
      Endpoint b = open(myrixen.createVm("b"));
      EndpointAddress peer = a.connect(b.board().nicId(), ID, KEY, LONG);
      long sent = tiny(myrixen);
      long asked = myrixen.netbackCounters().controlRequests();
      long granted = myrixen.hypervisorCounters().grantOperations();
      for (int i = 0; i < 100; i++) {
        exchange(a, peer, b, 8);
      }
      await().atMost(LONG).until(() -> tiny(myrixen) >= sent + 100);
      assertEquals(asked, myrixen.netbackCounters().controlRequests());
      assertEquals(granted, myrixen.hypervisorCounters().grantOperations());
    }
  }

  private static long tiny(MyriXen myrixen) {
    return myrixen.nicCounters().total().of(NicCounter.TINY);
  }

  @Test
  void shouldSleepWhileNothingMoves() throws IOException {
    try (MyriXen myrixen = MyriXen.embedded()) {
      Endpoint a = open(myrixen.createVm("a"));
      Endpoint b = open(myrixen.createVm("b"));
      exchange(a, b, 8);
      Set<Thread> threads = Traces.now().threadsSince(before);
      assertEquals(4, threads.size(), threads::toString);
      for (Thread thread : threads) {
        await()
            .atMost(LONG)
            .until(() ->
                thread.getState() == Thread.State.WAITING
                    || thread.getState() == Thread.State.TIMED_WAITING);
        assertTrue(thread.isDaemon(), thread::toString);
      }
    }
  }

  @Test
  void shouldLetSystemsLiveSideBySide() {
    try (MyriXen second = MyriXen.embedded()) {
      Vm a2 = second.createVm("a");
      Endpoint to = open(second.createVm("b"));
      try (MyriXen first = MyriXen.embedded()) {
        Vm a1 = first.createVm("a");
        assertEquals(List.of("a:0"), hostnames(a1));
        assertEquals(List.of("a:0", "b:0"), hostnames(a2));
        assertNotEquals(a1.mx().boards().get(0).nicId(), a2.mx().boards().get(0).nicId());
        Endpoint outsider = open(a1);
        long inside = to.board().nicId();
        assertThrows(MxException.class, () -> outsider.connect(inside, ID, KEY, LONG));
      }
      exchange(open(a2), to, 5_000);
    }
  }

  @Test
  void shouldGiveAVmItsBoards() {
    try (MyriXen myrixen = MyriXen.embedded()) {
      Vm a = myrixen.createVm("a", VmOptions.DEFAULT.withBoards(3).withShare(2));
      assertEquals(List.of("a:0", "a:1", "a:2"), hostnames(a));
      assertEquals(List.of(a), myrixen.vms());
    }
  }

  @Test
  void shouldRefuseByTheQuotaOfTheContext() {
    NetbackContext quotas =
        NetbackContext.fromSystemProperties().withEndpointsPerVm(2).withPinnedPagesPerVm(8_192);
    EmbeddedContext context = EmbeddedContext.fromSystemProperties().withNetback(quotas);
    try (MyriXen myrixen = MyriXen.embedded(context)) {
      Mx mx = myrixen.createVm("a").mx();
      Endpoint endpoint = mx.openEndpoint(0, 0, KEY);
      mx.openEndpoint(0, 1, KEY);
      assertRefused(() -> mx.openEndpoint(0, 2, KEY), "2 open endpoints");
      assertRefused(() -> endpoint.allocate(64 << 20), "8192 pinned pages");
    }
  }

  private static void assertRefused(Executable call, String quota) {
    MxException refused = assertThrows(MxException.class, call);
    assertEquals(ReturnCode.NO_RESOURCES, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains(quota), refused.getMessage());
  }

  @Test
  void shouldEndAVmAndTakeItsNameAgain() {
    try (MyriXen myrixen = MyriXen.embedded()) {
      Vm a = myrixen.createVm("a");
      Endpoint to = open(a);
      Vm b = myrixen.createVm("b");
      exchange(open(b), to, 8);
      XenException taken = assertThrows(XenException.class, () -> myrixen.createVm("b"));
      assertEquals(Reason.BAD_REQUEST, taken.reason());
      b.close();
      b.close();
      assertEquals(List.of(a), myrixen.vms());
      assertEquals(List.of("a:0"), hostnames(a));
      exchange(open(myrixen.createVm("b")), to, 100);
    }
  }

  @Test
  void shouldEndRequestsTowardsAVmThatIsKilled() {
    try (MyriXen myrixen = MyriXen.embedded()) {
      Vm a = myrixen.createVm("a");
      Vm b = myrixen.createVm("b");
      try (Endpoint from = open(a);
          Endpoint to = open(b)) {
        EndpointAddress peer = from.connect(to.board().nicId(), ID, KEY, LONG);
        Request send = from.newRequest();
        from.issend(room(1_000_000), peer, 1, send); // Waits for a receive that never comes.
        b.kill();
        assertTrue(from.await(send, LONG, status), "the send did not end");
        assertEquals(StatusCode.ENDPOINT_UNREACHABLE, status.code());
        await().atMost(LONG).until(() -> hostnames(a).equals(List.of("a:0")));
      }
      assertEquals(List.of(a), myrixen.vms());
      assertEquals(StatusCode.SUCCESS, exchangeBetween(a, myrixen.createVm("b")));
    }
  }

  private StatusCode exchangeBetween(Vm a, Vm b) {
    exchange(open(a), open(b), 5_000);
    return status.code();
  }

  @Test
  void shouldEndAllCallsOfAVmThatIsKilled() throws InterruptedException {
    try (MyriXen myrixen = MyriXen.embedded()) {
      Vm a = myrixen.createVm("a");
      Endpoint endpoint = open(a);
      Request receive = endpoint.newRequest();
      endpoint.irecv(room(8), 1, Mx.MATCH_EXACT, receive);
      Thread sleeper =
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, _) -> {}) // The memory it looked at is gone.
              .start(() -> endpoint.await(receive, LONG, new Status()));
      await().atMost(LONG).until(() -> sleeper.getState() == Thread.State.TIMED_WAITING);
      a.kill();
      sleeper.join(LONG);
      assertEquals(Thread.State.TERMINATED, sleeper.getState());
      Endpoint dead = endpoint;
      MxException refused =
          assertThrows(MxException.class, () -> dead.irecv(room(8), 1, -1L, dead.newRequest()));
      assertEquals(ReturnCode.NIC_DEAD, refused.code());
      endpoint.close();
      a.close();
      assertThrows(MxException.class, () -> open(a));
    }
  }

  @Test
  void shouldEndRequestsWhenTheDriverDomainIsKilled() {
    try (MyriXen myrixen = MyriXen.embedded()) {
      Vm a = myrixen.createVm("a");
      Endpoint endpoint = open(a);
      Request receive = endpoint.newRequest();
      endpoint.irecv(room(8), 1, Mx.MATCH_EXACT, receive);
      myrixen.killDriverDomain();
      assertTrue(endpoint.await(receive, LONG, status), "the receive did not end");
      assertEquals(StatusCode.ENDPOINT_UNREACHABLE, status.code());
      XenException none = assertThrows(XenException.class, () -> myrixen.createVm("b"));
      assertEquals(Reason.NO_DOMAIN, none.reason());
      myrixen.killDriverDomain();
    }
  }

  @Test
  void shouldMakeNoVmOnceClosed() {
    MyriXen myrixen = MyriXen.embedded();
    Vm a = myrixen.createVm("a");
    myrixen.close();
    myrixen.close();
    assertEquals(List.of(), myrixen.vms());
    XenException gone = assertThrows(XenException.class, () -> myrixen.createVm("b"));
    assertEquals(Reason.NO_HYPERVISOR, gone.reason());
    a.kill();
    a.close();
  }
}
