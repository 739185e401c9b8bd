package io.myrixen.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.simulation.board.SimulatedNic;
import io.myrixen.simulation.time.StandstillException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulatedSystemTest {

  private static final int KEY = 7;

  private final SimulatedSystem system = SimulatedSystem.of(2, 2, 1);
  private final Mx alice = Mx.init(system.driver(0, 0));
  private final Mx bob = Mx.init(system.driver(0, 1));
  private final Status status = new Status();

  @AfterEach
  void end() {
    system.close();
    for (SimulatedNic nic : system.nics()) {
      assertEquals(0, nic.openEndpoints());
      assertEquals(List.of(), nic.faults());
    }
  }

  private static Endpoint open(Mx mx) {
    return mx.openEndpoint(0, 0, KEY, EndpointOptions.fromEnvironment());
  }

  private static EndpointAddress connect(Endpoint from, Endpoint to) {
    return from.connect(to.board().nicId(), to.id(), KEY, Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 32, 128, 32_768, 1 << 20})
  void shouldCarryMessagesWhileSomebodyWaits(int length) {
    Endpoint a = open(alice);
    Endpoint b = open(bob);
    byte[] sent = new byte[length];
    Arrays.fill(sent, (byte) 0x5A);
    byte[] received = new byte[length];
    Request receive = b.newRequest();
    b.irecv(MemorySegment.ofArray(received), 1, Mx.MATCH_EXACT, receive);
    a.isend(MemorySegment.ofArray(sent), connect(a, b), 1, null);

    assertTrue(b.await(receive, Duration.ofSeconds(1), status));

    assertEquals(StatusCode.SUCCESS, status.code());
    assertArrayEquals(sent, received);
    alice.close();
    bob.close();
  }

  @Test
  void shouldComeOnWhenSomebodyPollsInsteadOfWaiting() {
    Endpoint a = open(alice);
    Endpoint b = open(bob);
    Request receive = b.newRequest();
    b.irecv(MemorySegment.ofArray(new byte[8]), 1, Mx.MATCH_EXACT, receive);
    a.isend(MemorySegment.ofArray(new byte[8]), connect(a, b), 1, null);

    int looks = 0;
    while (!b.test(receive, status)) {
      assertTrue(++looks < 1_000_000);
    }

    assertTrue(status.ok());
  }

  @Test
  void shouldLetNobodyWaitForWhatNeverComes() {
    Endpoint a = open(alice);
    MemorySegment window = a.allocate(8);
    assertEquals(0, window.get(ValueLayout.JAVA_LONG, 0));
    long before = system.agenda().nowNs();

    assertFalse(a.awaitAny(0, 0, Duration.ofMinutes(1), status));

    Duration passed = Duration.ofNanos(system.agenda().nowNs() - before);
    assertEquals(60, passed.toSeconds());
  }

  @Test
  void shouldKnowTheBoardsOfAllNics() {
    assertEquals(SimulatedSystem.nicId(1, 1, 0), alice.nicIdOf("n1v1:0"));
    assertEquals(4, bob.peers().size());
  }

  @Test
  void shouldCarryMessagesToAnotherNic() {
    Mx carol = Mx.init(system.driver(1, 0));
    Endpoint a = open(alice);
    Endpoint c = open(carol);
    byte[] sent = new byte[32_768];
    Arrays.fill(sent, (byte) 0x5A);
    byte[] received = new byte[sent.length];
    Request receive = c.newRequest();
    c.irecv(MemorySegment.ofArray(received), 1, Mx.MATCH_EXACT, receive);
    a.isend(MemorySegment.ofArray(sent), connect(a, c), 1, null);

    assertTrue(c.await(receive, Duration.ofSeconds(1), status));

    assertArrayEquals(sent, received);
    carol.close();
    alice.close();
  }

  @Test
  void shouldSayThatTheWorldStandsStill() {
    Endpoint a =
        alice.openEndpoint(
            0, 0, KEY, EndpointOptions.fromEnvironment().withBackgroundProgress(false));

    assertThrows(StandstillException.class, () -> a.awaitAny(0, 0, Duration.ZERO, status));
  }

  @Test
  void shouldLoseNothingWhileAReceiverComputesForLong() {
    Mx carol = Mx.init(system.driver(1, 0));
    Endpoint a = open(alice);
    Endpoint c =
        carol.openEndpoint(
            0, 0, KEY, EndpointOptions.fromEnvironment().withBackgroundProgress(false));
    Request connecting = a.newRequest();
    a.iconnect(c.board().nicId(), c.id(), KEY, 0, connecting);
    while (!a.test(connecting, status)) {
      var _ = c.progress();
    }
    EndpointAddress toCarol = status.source();
    int[] lengths = {0, 32, 128, 32_768, 1 << 20};
    Request[] sends = new Request[200];
    for (int i = 0; i < sends.length; i++) {
      sends[i] = a.newRequest();
      byte[] sent = new byte[lengths[i % lengths.length]];
      Arrays.fill(sent, (byte) i);
      a.isend(MemorySegment.ofArray(sent), toCarol, i, sends[i]);
    }

    system.agenda().run(Duration.ofSeconds(10).toNanos());

    for (int i = 0; i < sends.length; i++) {
      byte[] received = new byte[lengths[i % lengths.length]];
      byte[] expected = new byte[received.length];
      Arrays.fill(expected, (byte) i);
      Request receive = c.newRequest();
      c.irecv(MemorySegment.ofArray(received), i, Mx.MATCH_EXACT, receive);
      assertTrue(c.await(receive, Duration.ofSeconds(10), status));
      assertTrue(status.ok(), status::toString);
      assertArrayEquals(expected, received);
    }
    for (Request send : sends) {
      assertTrue(a.await(send, Duration.ofSeconds(10), status));
      assertTrue(status.ok(), status::toString);
    }
    carol.close();
    alice.close();
  }

  @Test
  void shouldEndWhatAKilledVmOwes() {
    Endpoint a = open(alice);
    Endpoint b = open(bob);
    EndpointAddress toBob = connect(a, b);
    system.vm(0, 1).kill();
    Request send = a.newRequest();
    a.issend(MemorySegment.ofArray(new byte[8]), toBob, 1, send);

    assertTrue(a.await(send, Duration.ofMinutes(5), status));

    assertFalse(status.ok(), status::toString);
  }

  @Test
  void shouldEndEverythingOnANicThatRestartsAndOpenItAnew() {
    Endpoint a = open(alice);
    Endpoint b = open(bob);
    EndpointAddress toBob = connect(a, b);
    Request send = a.newRequest();
    a.issend(MemorySegment.ofArray(new byte[8]), toBob, 1, send);
    system.nics().get(0).restart();

    assertTrue(a.await(send, Duration.ofSeconds(1), status));

    assertEquals(StatusCode.ENDPOINT_UNREACHABLE, status.code());
    a.close();
    b.close();
    Endpoint again = open(bob);
    assertEquals(again.id(), connect(open(alice), again).endpointId());
  }
}
