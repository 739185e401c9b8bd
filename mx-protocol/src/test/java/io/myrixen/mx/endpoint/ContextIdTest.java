package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.StatusCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Context ids: queues of their own, and right answers for every mask. */
class ContextIdTest extends TwoEndpoints {

  private static final int SHIFT = 60;
  private static final long CONTEXT = 0xFL << SHIFT;

  private LibraryEndpoint carol;
  private EndpointAddress toCarol;

  @BeforeEach
  void openCarol() {
    carol = world.open(2, 0, World.options().withContextId(4, SHIFT));
    toCarol = alice.connect(World.FIRST_NIC + 2, 0, World.KEY, LONG);
  }

  private static long info(int context, long tag) {
    return (long) context << SHIFT | tag;
  }

  @ParameterizedTest
  @CsvSource({"17, 0", "-1, 0", "1, 64", "16, 49", "1, -1"})
  void shouldRefuseBitsThatDoNotExist(int bits, int shift) {
    EndpointOptions options = World.options();
    var refused = assertThrows(MxException.class, () -> options.withContextId(bits, shift));
    assertEquals(ReturnCode.BAD_PARAM_VAL, refused.code());
  }

  @Test
  void shouldRefuseAReceiveThatNamesNoContext() {
    Request request = carol.newRequest();
    for (long mask : new long[] {0, 0xFF, CONTEXT << 1, -1L >>> 1}) {
      var refused = assertThrows(MxException.class, () -> carol.irecv(room(1), 0, mask, request));
      assertEquals(ReturnCode.BAD_MATCHING_FOR_CONTEXT_ID_MASK, refused.code());
    }
    assertFalse(request.pending());
    carol.irecv(room(1), 0, CONTEXT, request);
    assertTrue(carol.cancel(request));
  }

  @Test
  void shouldSeeMessagesOfEveryContextThroughEveryMask() {
    alice.isend(message(1), toCarol, info(9, 5), null);
    alice.isend(message(2), toCarol, info(1, 5), null);
    alice.isend(message(3), toCarol, info(9, 6), null);
    world.settle();

    assertEquals(1, probed(0, 0));
    assertEquals(2, probed(info(1, 0), CONTEXT));
    assertEquals(3, probed(6, 0xF));
    assertEquals(1, probed(info(8, 0), info(8, 0)));
    assertEquals(2, probed(0, info(8, 0)));
    assertEquals(3, probed(info(9, 6), -1L));
    assertFalse(carol.iprobe(info(2, 0), CONTEXT, status));
  }

  private long probed(long info, long mask) {
    assertTrue(carol.iprobe(info, mask, status));
    return status.messageLength();
  }

  @Test
  void shouldTakeOutcomesOfEveryContextThroughEveryMask() {
    Request nine = receive(carol, room(9), info(9, 5));
    Request one = receive(carol, room(9), info(1, 5));
    Request send = send(carol, message(4), carol.address(), info(0, 7));
    assertFalse(carol.testAny(0, 0, status));
    alice.isend(message(1), toCarol, info(1, 5), null);
    alice.isend(message(2), toCarol, info(9, 5), null);
    world.settle();

    assertSame(one, carol.ipeek());
    assertTrue(carol.testAny(info(9, 0), CONTEXT, status));
    assertEquals(2, status.messageLength());
    assertFalse(nine.pending());
    assertFalse(carol.testAny(info(9, 0), CONTEXT, status));
    ends(carol, receive(carol, room(4), info(0, 7)), StatusCode.SUCCESS);
    assertTrue(carol.testAny(5, 0xF, status));
    assertFalse(one.pending());
    assertTrue(carol.testAny(0, 0, status));
    assertFalse(send.pending());
  }

  @Test
  void shouldMatchWildcardsWithinAContext() {
    Request wild = carol.newRequest();
    carol.irecv(room(9), info(3, 0), CONTEXT, wild);
    alice.isend(message(1), toCarol, info(4, 0), null);
    alice.isend(message(2), toCarol, info(3, 77), null);

    ends(carol, wild, StatusCode.SUCCESS, 2, 2);
    assertEquals(info(3, 77), status.matchInfo());
    assertTrue(carol.iprobe(info(4, 0), CONTEXT, status));
  }
}
