package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How much may be on its way, and what makes that more or less. */
class CongestionWindowTest {

  private static final int FRAME = 4_096;

  private final CongestionWindow window = new CongestionWindow();

  /** Fills the window and has all of it acknowledged: one round trip. */
  private void roundTrip() {
    int frames = fill();
    for (int i = 0; i < frames; i++) {
      window.acknowledged(FRAME);
    }
  }

  private int fill() {
    int frames = 0;
    while (window.open()) {
      window.transmitted(FRAME);
      frames++;
    }
    return frames;
  }

  @Test
  void shouldCloseWhenItIsFull() {
    assertEquals(CongestionWindow.FIRST_BYTES / FRAME, fill());
    assertFalse(window.open());
    window.left(FRAME);
    assertTrue(window.open());
  }

  @Test
  void shouldGrowFastUntilALossAndThenSlowly() {
    long first = window.windowBytes();
    roundTrip();
    long second = window.windowBytes();
    assertTrue(second > first * 5 / 4, "grew to " + second);
    window.lost();
    long less = window.windowBytes();
    assertEquals(second * 7 / 10, less);
    roundTrip();
    long grown = window.windowBytes() - less;
    assertTrue(grown > 0 && grown <= CongestionWindow.STEP_BYTES + FRAME, "grew by " + grown);
  }

  @Test
  void shouldNotGrowWhileItIsNotUsed() {
    long before = window.windowBytes();
    for (int i = 0; i < 1_000; i++) {
      window.transmitted(FRAME);
      window.acknowledged(FRAME);
    }
    assertEquals(before, window.windowBytes());
  }

  @Test
  void shouldKeepToItsBounds() {
    for (int i = 0; i < 100; i++) {
      window.lost();
    }
    assertEquals(CongestionWindow.LEAST_BYTES, window.windowBytes());
    var other = new CongestionWindow();
    for (int i = 0; i < 100_000; i++) {
      other.transmitted(other.windowBytes());
      other.acknowledged(other.windowBytes());
    }
    assertEquals(CongestionWindow.MOST_BYTES, other.windowBytes());
    assertEquals(0, other.outstandingBytes());
  }

  @Test
  void shouldBeginAnewAfterSilenceUpToHalfOfWhatItWas() {
    roundTrip();
    roundTrip();
    long before = window.windowBytes();
    window.timedOut(true);
    window.timedOut(false);
    assertEquals(CongestionWindow.LEAST_BYTES, window.windowBytes());
    int trips = 0;
    while (window.windowBytes() < before / 2) {
      roundTrip();
      trips++;
    }
    assertTrue(trips <= 5, "no slow start: " + trips);
    long half = window.windowBytes();
    roundTrip();
    assertTrue(window.windowBytes() - half <= CongestionWindow.STEP_BYTES + FRAME);
  }
}
