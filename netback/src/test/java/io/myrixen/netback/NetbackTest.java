package io.myrixen.netback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlRequest.CloseEndpoint;
import io.myrixen.mx.control.ControlRequest.DeregisterRegion;
import io.myrixen.mx.control.ControlRequest.OpenEndpoint;
import io.myrixen.mx.control.ControlRequest.PageList;
import io.myrixen.mx.control.ControlRequest.RegisterRegion;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.Detail;
import io.myrixen.mx.control.RequestKind;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.netback.HandFrontend.Offered;
import io.myrixen.xen.Domain;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.bus.XenbusState;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What netback answers to requests, also to those that make no sense. */
final class NetbackTest extends NetbackFixture {

  @Test
  void shouldSayWhoTheBoardIs() {
    connect();

    var board =
        assertInstanceOf(
            ControlResponse.Board.class, call(new ControlRequest.BoardInfo()).result());

    assertEquals("vm:0", board.hostname());
    assertEquals(16, board.maxEndpoints());
    assertEquals(WindowGeometry.DEFAULT, board.largest());
  }

  @Test
  void shouldOpenRegisterAndGiveBack() {
    connect();

    var opened = assertInstanceOf(ControlResponse.Opened.class, call(front.open(3)).result());
    assertNotEquals(0, opened.session());
    Offered memory = front.offer(5);
    var registered =
        assertInstanceOf(
            ControlResponse.Registered.class,
            call(new RegisterRegion(3, session(3), 5, memory.list(), true)).result());
    assertEquals(HandFrontend.WINDOW_PAGES + 5, netback.counters().pinnedPages());
    assertEquals(1, netback.counters().registrations());

    assertSuccess(call(new DeregisterRegion(3, session(3), registered.regionId())));
    assertEquals(HandFrontend.WINDOW_PAGES, netback.counters().pinnedPages());
    assertSuccess(call(new CloseEndpoint(3, session(3))));
    assertNothingPinned();
  }

  @Test
  void shouldIssueAFreshSessionAtEachOpening() {
    connect();
    var first = (ControlResponse.Opened) call(front.open(0)).result();
    assertSuccess(call(new CloseEndpoint(0, session(0))));

    var second = (ControlResponse.Opened) call(front.open(0)).result();

    assertNotEquals(first.session(), second.session());
  }

  @Test
  void shouldNotTouchAnEndpointThatWasOpenedSince() {
    connect();
    assertSuccess(call(front.open(0)));
    int stale = session(0);
    assertSuccess(call(new CloseEndpoint(0, stale)));
    assertSuccess(call(front.open(0)));

    assertRefused(
        call(new CloseEndpoint(0, stale)), ReturnCode.BAD_ENDPOINT, Detail.ENDPOINT_ID, 0);

    assertEquals(1, netback.counters().endpoints());
  }

  @Test
  void shouldAnswerARequestThatMakesNoSense() {
    connect();
    long offset = front.ring.claim();
    front.ring.memory().asSlice(offset, 128).fill((byte) 0xEE);
    front.push();
    step();

    ControlResponse answer = front.answer();

    assertEquals(0xEEEEEEEE, answer.requestId());
    assertRefused(answer, ReturnCode.BAD_REQUEST, Detail.KIND, 0xEEEE);
    assertEquals(1, netback.counters().malformed());
    assertEquals(1, netback.counters().refused());
  }

  @Test
  void shouldNameTheQuotaThatIsReached() {
    connect();
    assertSuccess(call(front.open(0)));
    assertRefused(
        call(new RegisterRegion(0, session(0), PAGE_QUOTA, front.offer(1).list(), true)),
        ReturnCode.NO_RESOURCES,
        Detail.QUOTA_PINNED_PAGES,
        PAGE_QUOTA);
    for (int i = 0; i < REGION_QUOTA; i++) {
      assertSuccess(call(new RegisterRegion(0, session(0), 1, front.offer(1).list(), true)));
    }
    assertRefused(
        call(new RegisterRegion(0, session(0), 1, front.offer(1).list(), true)),
        ReturnCode.NO_RESOURCES,
        Detail.QUOTA_REGIONS,
        REGION_QUOTA);
    assertSuccess(call(front.open(1)));
    assertRefused(
        call(front.open(2)), ReturnCode.NO_RESOURCES, Detail.QUOTA_ENDPOINTS, ENDPOINT_QUOTA);
  }

  @Test
  void shouldRefuseWhatDoesNotFitTheBoardsState() {
    connect();
    assertRefused(
        call(new CloseEndpoint(0, session(0))), ReturnCode.BAD_ENDPOINT, Detail.ENDPOINT_ID, 0);
    assertRefused(
        call(new RegisterRegion(0, session(0), 1, front.offer(1).list(), true)),
        ReturnCode.BAD_ENDPOINT,
        Detail.ENDPOINT_ID,
        0);
    assertSuccess(call(front.open(0)));
    assertRefused(call(front.open(0)), ReturnCode.BUSY, Detail.ENDPOINT_ID, 0);
    assertRefused(
        call(new DeregisterRegion(0, session(0), 77)),
        ReturnCode.BAD_PARAM_VAL,
        Detail.REGION_ID,
        77);
    assertEquals(ReturnCode.BAD_ENDPOINT, call(front.open(16)).code(), "beyond the NIC's ids");
    assertSuccess(call(new CloseEndpoint(0, session(0))));
    assertNothingPinned();
  }

  @Test
  void shouldRefuseAWindowThatCannotBeUsed() {
    connect();
    OpenEndpoint good = front.open(0);
    WindowGeometry large = new WindowGeometry(9, 9, 10, 6, 6, 18);
    assertRefused(
        call(new OpenEndpoint(0, large, good.pages(), good.port())),
        ReturnCode.BAD_PARAM_VAL,
        Detail.COMMANDS_LOG2,
        9);
    assertRefused(
        call(new OpenEndpoint(0, good.geometry(), good.pages(), 4242)),
        ReturnCode.BAD_PARAM_VAL,
        Detail.EVENT_CHANNEL,
        4242);
    assertRefused(
        call(new OpenEndpoint(0, good.geometry(), new PageList(1, List.of(0x7777)), good.port())),
        ReturnCode.BAD_PARAM_VAL,
        Detail.INDIRECT_REFERENCE,
        0x7777);
    assertRefused(
        call(new OpenEndpoint(0, good.geometry(), front.offer(3).list(), good.port())),
        ReturnCode.BAD_PARAM_VAL,
        Detail.RUN_TOTAL,
        3);
    Offered blank = front.offer(HandFrontend.WINDOW_PAGES);
    assertRefused(
        call(new OpenEndpoint(0, good.geometry(), blank.list(), good.port())),
        ReturnCode.BAD_LIB_VERSION,
        Detail.WINDOW_HEADER,
        0);
    Offered readOnly = front.offer(HandFrontend.WINDOW_PAGES, Access.READ_ONLY);
    assertEquals(
        ReturnCode.BAD_PARAM_VAL,
        call(new OpenEndpoint(0, good.geometry(), readOnly.list(), good.port())).code());
    assertNothingPinned();
  }

  @Test
  void shouldMapNothingOfAnotherVm() {
    connect();
    Domain other = hypervisor.createDomain("other");
    var theirs = other.grants().grant(driver.domid(), 1, Access.READ_WRITE);
    Offered named = front.offer(1);
    named
        .indirect()
        .memory()
        .set(ValueLayout.JAVA_INT_UNALIGNED, 0, theirs.reference(0) + 0x40000000);
    assertSuccess(call(front.open(0)));

    ControlResponse answer = call(new RegisterRegion(0, session(0), 1, named.list(), true));

    assertEquals(ReturnCode.BAD_PARAM_VAL, answer.code());
    assertEquals(Detail.PAGE_REFERENCE.code(), answer.detailCode());
  }

  @Test
  void shouldBoundTheMappingsThatScatteredPagesTake() {
    connect();
    assertSuccess(call(front.open(0)));
    Offered named = front.offer(1);
    int reference = named.pages().reference(0);
    for (int run = 0; run < RUN_QUOTA; run++) { // One page again and again: a mapping each.
      named.indirect().memory().setAtIndex(ValueLayout.JAVA_INT, 2L * run, reference);
      named.indirect().memory().setAtIndex(ValueLayout.JAVA_INT, 2L * run + 1, 1);
    }
    PageList scattered = new PageList(RUN_QUOTA, named.list().indirectReferences());
    int mappings = (int) hypervisor.counters().mappingsNow();

    assertRefused(
        call(new RegisterRegion(0, session(0), RUN_QUOTA, scattered, true)),
        ReturnCode.NO_RESOURCES,
        Detail.QUOTA_RUNS,
        RUN_QUOTA);

    assertEquals(mappings, hypervisor.counters().mappingsNow());
    assertEquals(HandFrontend.WINDOW_PAGES, netback.counters().pinnedPages());
    PageList fewer = new PageList(RUN_QUOTA - 1, named.list().indirectReferences());
    assertSuccess(call(new RegisterRegion(0, session(0), RUN_QUOTA - 1, fewer, true)));
    assertSuccess(call(new CloseEndpoint(0, session(0))));
    assertSuccess(call(front.open(0)));
    assertSuccess(call(new RegisterRegion(0, session(0), RUN_QUOTA - 1, fewer, true)));
  }

  @Test
  void shouldAnswerEveryRequestOfAFullRing() {
    connect();
    for (int i = 0; i < 16; i++) {
      front.send(i % 2 == 0 ? new ControlRequest.OpenEndpoints() : new CloseEndpoint(i, 0));
    }
    assertEquals(0, front.ring.free());

    step();

    for (int i = 1; i <= 16; i++) {
      assertEquals(i, front.answer().requestId());
    }
    assertEquals(16, netback.counters().controlRequests());
    assertEquals(
        Map.of(RequestKind.OPEN_ENDPOINTS, 8L, RequestKind.CLOSE_ENDPOINT, 8L),
        Map.of(
            RequestKind.OPEN_ENDPOINTS,
            count(RequestKind.OPEN_ENDPOINTS),
            RequestKind.CLOSE_ENDPOINT,
            count(RequestKind.CLOSE_ENDPOINT)));
  }

  /** Goal: no bytes in a request make netback throw, or leave anything pinned. */
  @RepeatedTest(16)
  void shouldAnswerAnythingAndKeepNothing() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    connect();
    byte[] garbage = new byte[128];
    for (int i = 0; i < 200; i++) {
      long offset = front.ring.claim();
      random.nextBytes(garbage);
      garbage[0] = (byte) random.nextInt(11);
      garbage[1] = 0;
      for (int field : new int[] {8, 16, 24, 28, 44}) {
        if (random.nextInt(4) > 0) {
          garbage[field] = (byte) random.nextInt(8);
          garbage[field + 1] = 0;
          garbage[field + 2] = 0;
          garbage[field + 3] = 0;
        }
      }
      front.ring.memory().asSlice(offset, 128).copyFrom(MemorySegment.ofArray(garbage));
      front.push();
      step();
      front.answer();
    }

    front.end.writeState(front.store, XenbusState.CLOSED);
    step();
    assertNothingPinned();
    assertEquals(0, netback.counters().devices(), "seed=" + seed);
  }
}
