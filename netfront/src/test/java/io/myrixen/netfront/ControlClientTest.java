package io.myrixen.netfront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.control.Detail;
import io.myrixen.mx.control.ReceivedRequest;
import io.myrixen.mx.control.RequestKind;
import io.myrixen.xen.Domain;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.GrantedPages;
import io.myrixen.xen.local.Hypervisor;
import io.myrixen.xen.ring.BackRing;
import io.myrixen.xen.ring.PeerFaultException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ControlClientTest {

  private static final long TIMEOUT_NS = 1000;

  private final Hypervisor hypervisor = new Hypervisor();
  private final Domain vm = hypervisor.createDomain("vm");
  private final Domain driver = hypervisor.createDomain("driver");
  private final GrantedPages page = vm.grants().grant(driver.domid(), 1, Access.READ_WRITE);
  private final EventChannel channel = vm.eventChannels().allocate(driver.domid());
  private final ControlClient client =
      new ControlClient(new RingTransport(page, channel), TIMEOUT_NS);
  private final BackRing back =
      BackRing.attach(
          driver
              .grants()
              .map(vm.domid(), new int[] {page.reference(0)}, Access.READ_WRITE)
              .memory(),
          ControlRing.ENTRY_BYTES);
  private final List<String> ended = new ArrayList<>();
  private long nowNs = Long.MAX_VALUE - TIMEOUT_NS / 2; // Deadlines pass the wrap.

  @AfterEach
  void close() {
    hypervisor.close();
  }

  @Test
  void shouldSendInOrderAsSlotsComeFree() {
    for (int i = 0; i < 40; i++) {
      client.submit(new Recorded(i), nowNs);
    }
    client.doWork(nowNs);
    assertEquals(16, back.pending());

    while (ended.size() < 40) {
      long offset = back.poll();
      var request =
          assertInstanceOf(ReceivedRequest.Valid.class, ControlRequest.read(back.memory(), offset));
      answer(request.requestId(), RequestKind.CLOSE_ENDPOINT.code(), ReturnCode.SUCCESS);
      client.doWork(nowNs);
    }

    for (int i = 0; i < 40; i++) {
      assertEquals(i + " answered SUCCESS", ended.get(i));
    }
  }

  @Test
  void shouldTimeOutAndStillTakeTheLateAnswer() {
    client.submit(new Recorded(7), nowNs);
    client.doWork(nowNs);
    assertEquals(TIMEOUT_NS, client.nextDeadlineNs(nowNs));
    nowNs += TIMEOUT_NS - 1;
    client.doWork(nowNs);
    assertEquals(List.of(), ended);

    nowNs++;
    client.doWork(nowNs);
    assertEquals(List.of("7 late TIMEOUT"), ended);
    assertEquals(Long.MAX_VALUE, client.nextDeadlineNs(nowNs));

    back.poll();
    answer(1, RequestKind.CLOSE_ENDPOINT.code(), ReturnCode.BUSY);
    client.doWork(nowNs);
    assertEquals(List.of("7 late TIMEOUT", "7 answered BUSY"), ended);
  }

  @Test
  void shouldEndWhatWasNeverSentWhenItsTimeHasCome() {
    for (int i = 0; i < 17; i++) {
      client.submit(new Recorded(i), nowNs);
    }
    client.doWork(nowNs);

    nowNs += TIMEOUT_NS;
    client.doWork(nowNs);

    assertTrue(ended.contains("16 late TIMEOUT"));
    assertTrue(ended.contains("16 lost TIMEOUT"));
    assertFalse(ended.contains("15 lost TIMEOUT"), "its answer may still come");
  }

  @Test
  void shouldEndEverythingWhenTheDriverDomainIsGone() {
    for (int i = 0; i < 20; i++) {
      client.submit(new Recorded(i), nowNs);
    }
    client.doWork(nowNs);

    client.lose(new MxException(ReturnCode.NIC_DEAD, "gone"));

    assertEquals(20, ended.stream().filter(end -> end.endsWith("lost NIC_DEAD")).count());
    assertEquals(Long.MAX_VALUE, client.nextDeadlineNs(nowNs));
  }

  @Test
  void shouldNotBelieveADriverDomainThatAnswersWhatWasNotAsked() {
    client.submit(new Recorded(0), nowNs);
    client.doWork(nowNs);
    back.poll();
    answer(99, RequestKind.CLOSE_ENDPOINT.code(), ReturnCode.SUCCESS);

    assertThrows(PeerFaultException.class, () -> client.doWork(nowNs));
  }

  @Test
  void shouldNotBelieveAnAnswerOfAnotherKind() {
    client.submit(new Recorded(0), nowNs);
    client.doWork(nowNs);
    back.poll();
    answer(1, RequestKind.BOARD_INFO.code(), ReturnCode.BUSY);

    assertThrows(PeerFaultException.class, () -> client.doWork(nowNs));

    client.lose(new MxException(ReturnCode.NIC_DEAD, "gone"));
    assertEquals(List.of("0 lost NIC_DEAD"), ended, "somebody still waits for it");
  }

  @RepeatedTest(32)
  void shouldOnlyEverFaultOnGarbage() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    byte[] garbage = new byte[ControlRing.ENTRY_BYTES];
    for (int i = 0; i < 16; i++) {
      client.submit(new Recorded(i), nowNs);
    }
    client.doWork(nowNs);
    random.nextBytes(garbage);
    back.poll();
    back.memory()
        .asSlice(back.claim(), ControlRing.ENTRY_BYTES)
        .copyFrom(MemorySegment.ofArray(garbage));
    back.push();

    assertThrows(PeerFaultException.class, () -> client.doWork(nowNs), "seed=" + seed);
    client.lose(new MxException(ReturnCode.NIC_DEAD, "gone"));
    assertEquals(16, ended.size());
  }

  private void answer(int requestId, int kindCode, ReturnCode code) {
    ControlResponse.refused(requestId, kindCode, code, Detail.NONE, 0)
        .write(back.memory(), back.claim());
    back.push();
  }

  private final class Recorded extends Call {
    private final int number;

    Recorded(int number) {
      super(new ControlRequest.CloseEndpoint(number, 0));
      this.number = number;
    }

    @Override
    void answered(ControlResponse response) {
      ended.add(number + " answered " + response.code());
    }

    @Override
    void late(MxException timeout) {
      ended.add(number + " late " + timeout.code());
    }

    @Override
    void lost(MxException cause) {
      ended.add(number + " lost " + cause.code());
    }
  }
}
