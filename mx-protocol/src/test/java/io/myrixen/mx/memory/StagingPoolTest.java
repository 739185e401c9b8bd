package io.myrixen.mx.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import org.junit.jupiter.api.Test;

class StagingPoolTest {

  private final MemoryPort port = new MemoryPort(16 << 20);

  @Test
  void shouldRegisterWhenTheFirstRingIsAskedForAndWakeProgress() {
    StagingPool pool = new StagingPool(port, StagingPool.DEFAULT_BYTES);
    assertEquals(0, port.answers.size());

    assertEquals(-1, pool.acquireSink());
    assertEquals(-1, pool.acquireSource());
    assertEquals(1, port.answers.size());
    port.answerAll();

    assertEquals(1, port.wakeUps);
    int ring = pool.acquireSink();
    assertEquals(256 << 10, pool.ringBytes());
    assertEquals(100, pool.regionId());
    assertEquals(4 << 20, pool.memory().byteSize());
    assertEquals((long) ring * (256 << 10), pool.offset(ring));
    assertEquals(15, pool.freeCount());
  }

  @Test
  void shouldLeaveHalfToSinksWhenSourcesWantAll() {
    StagingPool pool = new StagingPool(port, StagingPool.DEFAULT_BYTES);
    pool.open(port::await);
    for (int i = 0; i < 8; i++) {
      assertNotEquals(-1, pool.acquireSource());
    }
    assertEquals(-1, pool.acquireSource());
    for (int i = 0; i < 8; i++) {
      assertNotEquals(-1, pool.acquireSink());
    }
    assertEquals(-1, pool.acquireSink());

    pool.release(0);

    assertEquals(0, pool.acquireSource());
  }

  @Test
  void shouldLeaveHalfToSourcesWhenSinksWantAll() {
    StagingPool pool = new StagingPool(port, StagingPool.DEFAULT_BYTES);
    pool.open(port::await);
    for (int i = 0; i < 8; i++) {
      assertNotEquals(-1, pool.acquireSink());
    }
    assertEquals(-1, pool.acquireSink());

    assertNotEquals(-1, pool.acquireSource());
  }

  @Test
  void shouldTakeLessWhenTheQuotaIsSmall() {
    port.quotaBytes = 100 << 10;
    StagingPool pool = new StagingPool(port, StagingPool.DEFAULT_BYTES);

    for (int i = 0; i <= 6; i++) {
      // Nobody would come by again if nothing had been asked.
      assertEquals(-1, pool.acquireSource());
      assertEquals(1, port.answers.size());
      port.answerAll();
    }
    assertEquals(0, pool.acquireSource());

    assertEquals(64 << 10, port.usedBytes);
    assertEquals(16 << 10, pool.ringBytes());
    assertEquals(3, pool.freeCount());
    assertNull(pool.takeFailure());
  }

  @Test
  void shouldSayOnceThatThereIsNoMemoryAndTryAgainAfterwards() {
    port.quotaBytes = 0;
    StagingPool pool = new StagingPool(port, 64 << 10);
    assertEquals(-1, pool.acquireSource());
    port.answerAll();
    assertEquals(-1, pool.acquireSource());
    assertEquals(0, port.answers.size());

    MxException failure = assertNotNullFailure(pool);
    assertEquals(ReturnCode.NO_RESOURCES, failure.code());
    assertNull(pool.takeFailure());

    port.quotaBytes = 1 << 20;
    assertEquals(-1, pool.acquireSource());
    port.answerAll();
    assertNotEquals(-1, pool.acquireSource());
  }

  @Test
  void shouldHalveAndThenRefuseWhenOpenedAtOnce() {
    port.quotaBytes = 1 << 20;
    StagingPool pool = new StagingPool(port, 3 << 20);
    pool.open(port::await);
    assertEquals(64 << 10, pool.ringBytes());

    MxException refused =
        assertThrows(MxException.class, () -> new StagingPool(port, 64 << 10).open(port::await));
    assertEquals(ReturnCode.NO_RESOURCES, refused.code());
  }

  private static MxException assertNotNullFailure(StagingPool pool) {
    MxException failure = pool.takeFailure();
    assertNotNull(failure);
    return failure;
  }
}
