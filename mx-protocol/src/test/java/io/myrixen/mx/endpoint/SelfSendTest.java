package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.myrixen.mx.Request;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfSendTest extends TwoEndpoints {

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 100, 5_000, 200_000})
  void shouldEndTheSendOnlyWhenMatched(int bytes) {
    MemorySegment source = message(bytes);
    Request send = send(alice, source, alice.address(), 3);
    stillPending(alice, send);
    MemorySegment target = room(bytes);
    Request receive = receive(alice, target, 3);

    ends(alice, receive, StatusCode.SUCCESS, bytes, bytes);
    assertSame(alice.address(), status.source());
    ends(alice, send, StatusCode.SUCCESS, bytes, bytes);
    assertEquals(-1, source.mismatch(target));
    assertEquals(1, alice.counters().selfSent());
  }

  @Test
  void shouldTellBothOfATruncation() {
    MemorySegment target = room(10);
    Request receive = alice.newRequest();
    alice.irecv(List.of(target.asSlice(0, 3), target.asSlice(3)), 3, -1L, receive);
    MemorySegment source = message(100);
    Request send = alice.newRequest();
    alice.isend(List.of(source.asSlice(0, 7), source.asSlice(7)), alice.address(), 3, send);

    ends(alice, receive, StatusCode.TRUNCATED, 100, 10);
    ends(alice, send, StatusCode.TRUNCATED, 100, 10);
    assertEquals(-1, source.asSlice(0, 10).mismatch(target));
  }

  @Test
  void shouldKeepTheOrder() {
    for (int i = 0; i < 5; i++) {
      alice.isend(message(8, i), alice.address(), 3, null);
    }
    for (int i = 0; i < 5; i++) {
      MemorySegment target = room(8);
      ends(alice, receive(alice, target, 3), StatusCode.SUCCESS);
      assertEquals(-1, message(8, i).mismatch(target));
    }
  }
}
