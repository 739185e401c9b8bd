package io.myrixen.driver.bench.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.embedded.Vm;
import io.myrixen.junit.MyriXenTest;
import io.myrixen.mx.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@MyriXenTest
final class EndpointContenderTest {

  private static final int DEPTH = 100;
  private static final int SOME = MatchContender.BATCH * 2;

  @ParameterizedTest
  @EnumSource
  void shouldSendAndReceiveWhileOthersWaitAndLeaveNothing(Pattern pattern, Vm alice) {
    try (Endpoint self = alice.mx().openEndpoint(0, 0, 1)) {
      var contender = new EndpointContender("self", self, self, self.address());

      assertTrue(contender.measure(pattern, DEPTH, 1) > 0);
      long sent = self.counters().selfSent();
      assertTrue(sent >= MatchContender.BATCH, () -> "sent " + sent);

      // Whatever had been left would be matched by what comes now.
      for (int i = 0; i < SOME; i++) {
        assertTrue(contender.measure(pattern, DEPTH, 1) > 0);
      }
      assertEquals(0, self.counters().bytesSent() % MatchContender.MESSAGE_BYTES);
      contender.close();
    }
  }
}
